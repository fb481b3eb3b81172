package e2e

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// An update does not preview itself, whoever starts it. A preview stays a preview.
func TestAnUpdateSkipsItsPreview(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{RealExecutor: true})
	up(t, h, write(t, h, oneSync(pushedAs("prod/db"))))
	first := lastRun(t, h, awsTarget)
	assert.Equal(t, []bool{false}, dryRuns(first), first.Log)
	pushed, byHand := secretValue(t, h, "prod/db"), "changed by hand"

	name := "prod/db"
	_, err := h.SecretsManager(region).PutSecretValue(t.Context(),
		&secretsmanager.PutSecretValueInput{SecretId: &name, SecretString: &byHand})
	require.NoError(t, err)
	for _, operation := range []string{"preview", "detect-drift"} {
		_, err := h.Deploy(t.Context(), operation, awsTarget)
		require.NoError(t, err)
		run := lastRun(t, h, awsTarget)
		require.Equal(t, operation, run.Operation)
		assert.Equal(t, "succeeded", run.Status, run.Log)
		assert.Equal(t, []bool{true}, dryRuns(run), run.Log)
		assert.Equal(t, byHand, secretValue(t, h, name), operation)
	}

	h.Cloud.AdvanceClock(time.Hour)
	scheduled := lastRun(t, h, awsTarget)
	assert.Equal(t, "schedule", scheduled.Initiator)
	assert.Equal(t, []bool{false}, dryRuns(scheduled), scheduled.Log)
	assert.Equal(t, pushed, secretValue(t, h, name))
}

// dryRuns reports, for each run of the engine in a deployment, whether it was a preview.
func dryRuns(d pulumicloud.Deployment) []bool {
	var dry []bool
	for _, update := range d.Updates {
		dry = append(dry, update.DryRun)
	}
	return dry
}
