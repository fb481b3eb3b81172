package run

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// GetDeploymentRole finds what the deployments of a target stack are to run as, before the deployment settings are
// written: they are written as a whole, and the role is gone then.
type GetDeploymentRole struct{ cloud cloud }

// Annotate names and describes the function.
func (g *GetDeploymentRole) Annotate(a infer.Annotator) {
	a.SetToken("index", "getDeploymentRole")
	a.Describe(&g, "Finds what the deployments of a target stack are to run as: the role that is asked for, else the one "+
		"that the stack's deployment settings select.")
}

// GetDeploymentRoleArgs are the inputs of getDeploymentRole.
type GetDeploymentRoleArgs struct {
	Organization string `pulumi:"organization"`
	Project      string `pulumi:"project"`
	Stack        string `pulumi:"stack"`
	Role         string `pulumi:"role,optional"`
}

// Annotate describes the inputs.
func (a *GetDeploymentRoleArgs) Annotate(an infer.Annotator) {
	an.Describe(&a.Organization, "Organization of the target stack.")
	an.Describe(&a.Project, "Project of the target stack.")
	an.Describe(&a.Stack, "Name of the target stack, which need not exist.")
	an.Describe(&a.Role, "Name or id of the role that is asked for. Default: the one that the settings select.")
}

// FoundRole is what getDeploymentRole finds. It is empty where the deployments run as nothing in particular.
type FoundRole struct {
	ID   string `pulumi:"roleId"`
	Name string `pulumi:"roleName"`
}

// Annotate describes the outputs.
func (f *FoundRole) Annotate(an infer.Annotator) {
	an.Describe(&f, "What the deployments of a stack run as.")
	an.Describe(&f.ID, "The id; empty for nothing in particular.")
	an.Describe(&f.Name, "The name.")
}

// Invoke finds the role.
func (g *GetDeploymentRole) Invoke(
	ctx context.Context, req infer.FunctionRequest[GetDeploymentRoleArgs],
) (infer.FunctionResponse[FoundRole], error) {
	in := req.Input
	stack := deployments.Stack{Organization: in.Organization, Project: in.Project, Name: in.Stack}
	client, err := g.cloud.client(ctx)
	if err != nil {
		return infer.FunctionResponse[FoundRole]{}, err
	}
	var role deployments.Role
	if in.Role == "" {
		role, err = client.Role(ctx, stack)
	} else {
		role, err = client.FindRole(ctx, in.Organization, in.Role)
	}
	if err != nil {
		err = fmt.Errorf("deployment.role: %w. The deployment settings were not written", err)
	}
	return infer.FunctionResponse[FoundRole]{Output: FoundRole{ID: role.ID, Name: role.String()}}, err
}
