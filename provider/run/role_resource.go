package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/construct"
)

var _ interface {
	infer.CustomUpdate[DeploymentRoleArgs, DeploymentRoleState]
	infer.CustomRead[DeploymentRoleArgs, DeploymentRoleState]
} = (*DeploymentRole)(nil)

// DeploymentRoleResource is a registered DeploymentRole.
type DeploymentRoleResource struct{ pulumi.CustomResourceState }

// TargetStack names a target stack within a component.
type TargetStack struct {
	Organization, Project, Stack pulumi.StringInput
}

// FindRole finds what the deployments of a stack are to run as: the role that is asked for by name or id, nil for none,
// else what the stack has now. Whatever writes its deployment settings must come after it. It gives id and name, empty
// for nothing in particular, which are unknown at preview where anything that it is given is, or the service does not
// tell.
func FindRole(
	ctx *pulumi.Context, parent pulumi.Resource, stack TargetStack, role pulumi.StringPtrInput,
) (id, name pulumi.StringOutput) {
	args := pulumi.Map{"organization": stack.Organization, "project": stack.Project, "stack": stack.Stack}
	if role != nil {
		args["role"] = role
	}
	if ctx.DryRun() {
		args["preview"] = pulumi.Bool(true)
	}
	found := ctx.InvokeOutput(RoleFunctionToken, args, pulumi.StringMapOutput{}, pulumi.InvokeOutputOptions{
		InvokeOptions: construct.OwnProviderOfInvoke(pulumi.Parent(parent)),
	}).(pulumi.StringMapOutput)
	unknown := pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
	part := func(name string) pulumi.StringOutput {
		return found.ApplyT(func(role map[string]string) pulumi.StringOutput {
			if role["unanswered"] != "" {
				return unknown
			}
			return pulumi.String(role[name]).ToStringOutput()
		}).(pulumi.StringOutput)
	}
	return part("roleId"), part("roleName")
}

// DeploymentRoleInputs are what a component gives its DeploymentRole: outputs of the deployment settings, so that it
// comes after them, and what FindRole found.
type DeploymentRoleInputs struct {
	TargetStack

	RoleID, RoleName pulumi.StringInput
	// Settings is a digest of the deployment settings.
	Settings pulumi.StringInput
}

// RegisterDeploymentRole registers a DeploymentRole from within a component.
func RegisterDeploymentRole(
	ctx *pulumi.Context, name string, in DeploymentRoleInputs, opts ...pulumi.ResourceOption,
) (*DeploymentRoleResource, error) {
	role := &DeploymentRoleResource{}
	err := ctx.RegisterResource(RoleToken, name, pulumi.Map{
		"organization": in.Organization, "project": in.Project, "stack": in.Stack,
		"roleId": in.RoleID, "roleName": in.RoleName, "settings": in.Settings,
	}, role, construct.OwnProvider(opts...)...)
	return role, err
}
