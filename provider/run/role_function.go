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
	Preview      bool   `pulumi:"preview,optional"`
}

// Annotate describes the inputs.
func (a *GetDeploymentRoleArgs) Annotate(an infer.Annotator) {
	an.Describe(&a.Organization, "Organization of the target stack.")
	an.Describe(&a.Project, "Project of the target stack.")
	an.Describe(&a.Stack, "Name of the target stack, which need not exist.")
	an.Describe(&a.Role, "Name or id of the role that is asked for. Default: the one that the settings select.")
	an.Describe(&a.Preview, "Whether no answer of Pulumi Cloud fails nothing: it is told in `unanswered`.")
}

// FoundRole is what getDeploymentRole finds. It is empty where the deployments run as nothing in particular.
type FoundRole struct {
	ID   string `pulumi:"roleId"`
	Name string `pulumi:"roleName"`
	// Unanswered is "true" where a preview could not find out, else "".
	Unanswered string `pulumi:"unanswered"`
}

// Annotate describes the outputs.
func (f *FoundRole) Annotate(an infer.Annotator) {
	an.Describe(&f, "What the deployments of a stack run as.")
	an.Describe(&f.ID, "The id; empty for nothing in particular.")
	an.Describe(&f.Name, "The name.")
	an.Describe(&f.Unanswered, "`true` where a preview could not find out, else empty.")
}

// Invoke finds the role. A preview ends and goes on whatever the service does: `pulumi up` asks again, and fails then.
// A role that is asked for and is not there fails it, too.
func (g *GetDeploymentRole) Invoke(
	ctx context.Context, req infer.FunctionRequest[GetDeploymentRoleArgs],
) (infer.FunctionResponse[FoundRole], error) {
	in := req.Input
	if in.Preview {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, inquiryTimeout, errSlow)
		defer cancel()
	}
	role, err := g.find(ctx, in)
	if in.Preview && err != nil && (in.Role == "" || ctx.Err() != nil || deployments.IsUnanswered(err)) {
		return infer.FunctionResponse[FoundRole]{Output: FoundRole{Unanswered: "true"}}, nil
	}
	if err != nil {
		err = fmt.Errorf("deployment.role: %w. The deployment settings were not written", err)
	}
	return infer.FunctionResponse[FoundRole]{Output: FoundRole{ID: role.ID, Name: role.String()}}, err
}

func (g *GetDeploymentRole) find(ctx context.Context, in GetDeploymentRoleArgs) (deployments.Role, error) {
	client, err := g.cloud.client(ctx)
	if err != nil {
		return deployments.Role{}, err
	}
	if in.Role != "" {
		return client.FindRole(ctx, in.Organization, in.Role)
	}
	return client.Role(ctx, deployments.Stack{Organization: in.Organization, Project: in.Project, Name: in.Stack})
}
