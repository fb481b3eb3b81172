package aws

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

func TestSchemaBinds(t *testing.T) {
	t.Parallel()
	standintest.Binds(t, Plugin())
}

func TestInputsAreThoseOfThePublishedSDK(t *testing.T) {
	t.Parallel()
	standintest.SameInputs(t, Plugin(), "aws:secretsmanager/secret:Secret", secretsmanager.SecretArgs{})
	standintest.SameInputs(
		t,
		Plugin(),
		"aws:secretsmanager/secretVersion:SecretVersion",
		secretsmanager.SecretVersionArgs{},
	)
	standintest.SameInputs(t, Plugin(), "aws:ssm/parameter:Parameter", ssm.ParameterArgs{})
}
