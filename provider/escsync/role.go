package escsync

import (
	"fmt"

	"github.com/pulumi/pulumi-pulumiservice/sdk/go/pulumiservice"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/run"
)

// hasToken tells whether the deployments are given an access token, which takes the place of a role.
func (b *syncBuilder) hasToken() bool {
	deployment := b.args.Deployment
	if deployment == nil {
		return false
	}
	_, inVariables := deployment.EnvironmentVariables[accessTokenVariable]
	return inVariables || deployment.AccessToken != nil
}

// findRole finds what the deployments are to run as, while the settings still tell. With a token there is no role to
// keep: Pulumi Cloud refuses settings that have both.
func (b *syncBuilder) findRole(c *syncChildren) error {
	if b.hasToken() {
		c.roleID = pulumi.String("").ToStringOutput()
		return nil
	}
	var asked pulumi.StringPtrInput
	if b.args.Deployment != nil {
		asked = b.args.Deployment.Role
	}
	c.roleID, c.roleName = run.FindRole(b.ctx, b.component, run.TargetStack{
		Organization: b.organization, Project: b.target, Stack: b.stack,
	}, asked)
	return nil
}

// afterRole makes the settings wait until the role is found: they are written as a whole, without it. The property by
// which they wait is one whose being unknown replaces nothing.
func afterRole(settings pulumiservice.DeploymentSettingsArgs, id pulumi.StringOutput,
) *pulumiservice.DeploymentSettingsArgs {
	context := settings.OperationContext.(pulumiservice.DeploymentSettingsOperationContextArgs)
	options := context.Options.(pulumiservice.OperationContextOptionsArgs)
	options.SkipIntermediateDeployments = pulumi.All(id, options.SkipIntermediateDeployments).ApplyT(
		func(v []any) bool { return v[1].(bool) }).(pulumi.BoolOutput)
	context.Options = options
	settings.OperationContext = context
	return &settings
}

// registerRole chooses the role again, as writing the settings took it away.
func (b *syncBuilder) registerRole(c *syncChildren) error {
	if b.hasToken() {
		return nil
	}
	role, err := run.RegisterDeploymentRole(b.ctx, b.name+"-role", run.DeploymentRoleInputs{
		TargetStack: run.TargetStack{
			Organization: c.settings.Organization, Project: c.settings.Project, Stack: c.settings.Stack,
		},
		RoleID: c.roleID, RoleName: c.roleName,
		Settings: secretDigest(pulumi.JSONMarshal(c.settingsArgs)),
	}, b.parent, pulumi.DependsOn([]pulumi.Resource{c.settings}))
	if err != nil {
		return fmt.Errorf("registering the role of the deployments: %w", err)
	}
	c.role = role
	return nil
}
