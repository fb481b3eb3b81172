package pulumiservice

import (
	"testing"

	sdk "github.com/pulumi/pulumi-pulumiservice/sdk/go/pulumiservice"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

func TestSchemaBinds(t *testing.T) {
	t.Parallel()
	standintest.Binds(t, Plugin())
}

func TestInputsAreThoseOfThePublishedSDK(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]pulumi.Input{
		"Environment":               sdk.EnvironmentArgs{},
		"Stack":                     sdk.StackArgs{},
		"DeploymentSettings":        sdk.DeploymentSettingsArgs{},
		"DeploymentSchedule":        sdk.DeploymentScheduleArgs{},
		"DriftSchedule":             sdk.DriftScheduleArgs{},
		"Webhook":                   sdk.WebhookArgs{},
		"EnvironmentVersionTag":     sdk.EnvironmentVersionTagArgs{},
		"TeamEnvironmentPermission": sdk.TeamEnvironmentPermissionArgs{},
		"Team":                      sdk.TeamArgs{},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			standintest.SameInputs(t, Plugin(), "pulumiservice:index:"+name, args)
		})
	}
}
