package awssecretsmanager

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/stretchr/testify/assert"
)

func TestFailedReplicas(t *testing.T) {
	t.Parallel()
	text := func(text string) *string { return &text }
	for name, test := range map[string]struct {
		status, message *string
		want            []string
	}{
		"in sync":   {text("InSync"), text("Replication succeeded"), []string{}},
		"under way": {text("InProgress"), nil, []string{}},
		"not known": {nil, nil, []string{}},
		"failed": {text("Failed"), text("the name is taken"), []string{
			"secret prod/db was written, but AWS did not replicate it to eu-west-1: AWS says \"the name is " +
				"taken\". Fix the cause, then choose Retry replication for the secret in the AWS console",
		}},
		"failed, silently": {text("Failed"), nil, []string{
			"secret prod/db was written, but AWS did not replicate it to eu-west-1: AWS gives no reason. Fix the " +
				"cause, then choose Retry replication for the secret in the AWS console",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, failedReplicas("prod/db", []secretsmanager.SecretReplica{
				{Region: "eu-west-1", Status: test.status, StatusMessage: test.message},
			}))
		})
	}
}
