package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// If an import of a sync's environment no longer exists, the environment cannot be opened. Under Delete, the sync is
// then not destroyed, because a run would have to look up the owners of the secrets. Following the hint of the refusal
// succeeds, and retains the secrets.
func TestDestroyWithoutTheEnvironment(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	h := harness.New(t, harness.Options{})
	require.NoError(t, h.CreateEnvironment(ctx, "team/app", "values: {password: {fn::secret: hunter2}}"))
	program := func(policy string) string {
		return write(t, h, oneSync(unwatched+`
imports: [team/app]
value: $${password}
destination: {awsSecretsManager: {name: prod/db, region: us-west-2}}
deletionPolicy: `+policy+"\n"))
	}
	up(t, h, program("Delete"))
	arn := secretARN(t, h, "prod/db")
	result, err := h.Pulumi(ctx, program("Delete"), "env", "rm", harness.Organization+"/team/app", "--yes")
	require.NoError(t, err, result)

	_, err = h.Destroy(ctx, program("Delete"), stack)
	require.ErrorContains(t, err, "the run could not open the environment")
	require.ErrorContains(t, err, "the deletionPolicy Retain, run `pulumi up --target '**-caretaker'`, and delete again")
	assert.Equal(t, arn, secretARN(t, h, "prod/db"))

	retained := program("Retain")
	up(t, h, retained, "--target", "**-caretaker")
	_, err = h.Destroy(ctx, retained, stack)
	require.NoError(t, err)
	assert.Equal(t, arn, secretARN(t, h, "prod/db"))
	assert.Equal(t, []string{harness.Organization + "/" + stack}, h.Cloud.Stacks(), "a target stack is still there")
}
