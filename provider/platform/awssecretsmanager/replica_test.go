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
			`secret prod/db is written, but its replica in eu-west-1 failed: AWS says "the name is taken". Remove the cause, ` +
				"and choose Retry replication for the secret in the console of AWS",
		}},
		"failed, silently": {text("Failed"), nil, []string{
			"secret prod/db is written, but its replica in eu-west-1 failed: AWS gives no reason. Remove the cause, " +
				"and choose Retry replication for the secret in the console of AWS",
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
