package run

import (
	"context"
	"fmt"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// remembers tells whether the state knows of a role that the stack does not show: it was taken away and could not be
// chosen again, or the stack was renamed, and the new one has the choice of the old one. Another organization has other
// roles, and an access token takes the place of any.
func remembers(state CaretakerState, args CaretakerArgs) bool {
	return !args.HasToken && state.Organization == args.Organization &&
		(state.Pending || state.stack() != args.stack())
}

// chooseRole makes the deployments run as the role of the state, if there is one and they do not yet: the pulumiservice
// provider writes the settings as a whole and knows no role, so that each write takes it away. A failure is remembered,
// so that the next `pulumi up` does not take the missing role for a choice.
func (c *Caretaker) chooseRole(ctx context.Context, state CaretakerState) (CaretakerState, error) {
	role := state.role()
	if role.ID == "" {
		return state, nil
	}
	client, err := c.cloud.client(ctx)
	if err == nil {
		err = chooseIfOther(ctx, client, state.stack(), role)
	}
	if err != nil {
		state.Pending = true
		return state, initFailed(fmt.Sprintf("%v. No run was started, and those by schedule or webhook do not run as it "+
			"until then. Run `pulumi up` again: the role is remembered, unless another is chosen", err))
	}
	return state, nil
}

func chooseIfOther(
	ctx context.Context, client *deployments.Client, stack deployments.Stack, role deployments.Role,
) error {
	live, err := client.Role(ctx, stack)
	if err != nil || live.ID == role.ID {
		return err
	}
	p.GetLogger(ctx).InfoStatusf("the deployments run as %s", role)
	return client.ChooseRole(ctx, stack, role)
}
