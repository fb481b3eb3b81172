package run

import (
	"context"
	"fmt"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// DeploymentRole keeps what the deployments of a target stack run as. The pulumiservice provider writes the settings as
// a whole and knows no role, so that each write takes it away.
type DeploymentRole struct{ cloud cloud }

// Annotate names and describes the resource.
func (r *DeploymentRole) Annotate(a infer.Annotator) {
	a.SetToken("index", "DeploymentRole")
	a.Describe(&r, "Keeps what the deployments of a target stack run as. It comes after the stack's deployment settings, "+
		"and chooses the role again whenever these were written. Deleting it does nothing.")
}

// Create chooses the role.
func (r *DeploymentRole) Create(
	ctx context.Context, req infer.CreateRequest[DeploymentRoleArgs],
) (infer.CreateResponse[DeploymentRoleState], error) {
	state, err := r.choose(ctx, req.Inputs, req.Inputs.role(), req.DryRun)
	return infer.CreateResponse[DeploymentRoleState]{ID: req.Inputs.stack().String(), Output: state}, err
}

// Update chooses the role again.
func (r *DeploymentRole) Update(
	ctx context.Context, req infer.UpdateRequest[DeploymentRoleArgs, DeploymentRoleState],
) (infer.UpdateResponse[DeploymentRoleState], error) {
	role := req.Inputs.role()
	if role.ID == "" && remembers(req.State, req.Inputs) {
		role = req.State.role()
	}
	state, err := r.choose(ctx, req.Inputs, role, req.DryRun)
	return infer.UpdateResponse[DeploymentRoleState]{Output: state}, err
}

// remembers tells whether the state knows of a role that the stack does not show: it was taken away and could not be
// chosen again, or the stack was renamed, and the new one has the choice of the old one. Another organization has other
// roles.
func remembers(state DeploymentRoleState, args DeploymentRoleArgs) bool {
	return state.Organization == args.Organization && (state.Pending || state.stack() != args.stack())
}

// choose makes the deployments run as the role, if they do not yet. A failure is remembered, so that the next
// `pulumi up` does not take the missing role for a choice.
func (r *DeploymentRole) choose(
	ctx context.Context, args DeploymentRoleArgs, role deployments.Role, dryRun bool,
) (DeploymentRoleState, error) {
	state := DeploymentRoleState{
		Organization: args.Organization, Project: args.Project, Stack: args.Stack,
		RoleID: role.ID, RoleName: role.Name, Settings: args.Settings,
	}
	if dryRun || role.ID == "" {
		return state, nil
	}
	client, err := r.cloud.client(ctx)
	if err == nil {
		err = chooseIfOther(ctx, client, args.stack(), role)
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

// Read finds nothing on the cloud, as Diff looks each time. What a state remembers would be lost.
func (r *DeploymentRole) Read(
	_ context.Context, req infer.ReadRequest[DeploymentRoleArgs, DeploymentRoleState],
) (infer.ReadResponse[DeploymentRoleArgs, DeploymentRoleState], error) {
	type response = infer.ReadResponse[DeploymentRoleArgs, DeploymentRoleState]
	args, state := req.Inputs, req.State
	if state.Stack == "" {
		stack, ok := deployments.ParseStack(req.ID)
		if !ok {
			return response{}, fmt.Errorf("%q is no ID of a DeploymentRole: give organization/project/stack", req.ID)
		}
		args.Organization, args.Project, args.Stack = stack.Organization, stack.Project, stack.Name
		state.Organization, state.Project, state.Stack = stack.Organization, stack.Project, stack.Name
	}
	return response{ID: req.ID, Inputs: args, State: state}, nil
}
