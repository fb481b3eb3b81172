package run

import (
	"context"
	"fmt"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// remembers reports whether to keep the role of the state although the stack does not have it. Either setting it
// failed, or the stack was renamed and the new one inherits the role. Another organization has other roles, and an
// access token replaces any role.
func remembers(state CaretakerState, args CaretakerArgs) bool {
	return !args.HasToken && state.Organization == args.Organization &&
		(state.Pending || state.stack() != args.stack())
}

// chooseRole sets the role of the state for the deployments, unless they have it. The pulumiservice provider does not
// support roles and writes the settings as a whole, so every write removes the role. If setting it fails, chooseRole
// sets Pending, so that the next `pulumi up` does not read the missing role as the user's choice.
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
