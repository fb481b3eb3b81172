package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// Nothing starts a suspended sync: no change of an import, no schedule, no change of the program. One run follows the
// end of the pause. A destroy during another pause still empties the stack and deletes the secret.
func TestSuspendedSync(t *testing.T) {
	t.Parallel()
	const environment, secret = "team/app", "prod/db"
	imported := func(password string) string {
		return fmt.Sprintf("values:\n  password:\n    fn::secret: %s\n", password)
	}
	program := func(user string, suspended bool) string {
		return oneSync(fmt.Sprintf(`
imports: [%s]
value: {user: %s, password: "$${password}"}
destination:
  awsSecretsManager: {name: %s, region: %s}
deletionPolicy: Delete
driftSchedule: {schedule: "*/15 * * * *"}
suspended: %t
`, environment, user, secret, region, suspended))
	}
	ctx := t.Context()
	h := harness.New(t, harness.Options{})
	require.NoError(t, h.CreateEnvironment(ctx, environment, imported("before")))
	up(t, h, write(t, h, program("bob", false)))
	const first = `{"user":"bob","password":"before"}`
	require.JSONEq(t, first, secretValue(t, h, secret))
	made := secretARN(t, h, secret)
	idle := func(after string) {
		t.Helper()
		runs, err := h.WaitForDeployments(ctx, awsTarget)
		require.NoError(t, err)
		require.Len(t, runs, 1, "a run %s", after)
		require.JSONEq(t, first, secretValue(t, h, secret), after)
	}

	paused := up(t, h, write(t, h, program("bob", true)))
	assert.Equal(t, children{
		"DeploymentSchedule": "delete", "DriftSchedule": "delete", "Webhook": "update", "SyncRun": "update",
	},
		operations(paused, "db"))
	idle("at the beginning of the pause")
	require.NoError(t, h.UpdateEnvironment(ctx, environment, imported("during")))
	idle("after a change of the imported environment")
	h.Cloud.AdvanceClock(2 * time.Hour)
	idle("after two hours")
	changed := up(t, h, write(t, h, program("carol", true)))
	assert.Equal(t, children{"Environment": "update"}, operations(changed, "db"))
	idle("after a change of the program")

	resumed := up(t, h, write(t, h, program("carol", false)))
	assert.Equal(t, children{
		"DeploymentSchedule": "create", "DriftSchedule": "create", "Webhook": "update", "SyncRun": "update",
	},
		operations(resumed, "db"))
	runs, err := h.WaitForDeployments(ctx, awsTarget)
	require.NoError(t, err)
	require.Len(t, runs, 2, "one run at the end of the pause")
	require.Equal(t, "succeeded", runs[1].Status, runs[1].Log)
	assert.JSONEq(t, `{"user":"carol","password":"during"}`, secretValue(t, h, secret))
	assert.Equal(t, made, secretARN(t, h, secret), "the secret is another one")

	h.Cloud.AdvanceClock(20 * time.Minute) // a drift detection
	require.NoError(t, h.UpdateEnvironment(ctx, environment, imported("after")))
	_, err = h.WaitForDeployments(ctx, awsTarget)
	require.NoError(t, err)
	reported := statusReported(t, h, program("carol", false))
	assert.NotEmpty(t, reported["nextRun"])
	assert.Equal(t, false, reported["schedulePaused"])
	assert.Equal(t, false, reported["stackPaused"])
	assert.Equal(t, false, reported["driftDetected"])
	assert.Equal(t, true, reported["webhookActive"])
	assert.NotEmpty(t, reported["lastDelivery"])
	assert.InDelta(t, 202, reported["lastDeliveryCode"], 0)

	up(t, h, write(t, h, program("carol", true)))
	_, err = h.WaitForDeployments(ctx, awsTarget)
	require.NoError(t, err)
	reported = statusReported(t, h, program("carol", true))
	assert.NotContains(t, reported, "nextRun")
	assert.Equal(t, false, reported["webhookActive"])
	_, err = h.Destroy(ctx, write(t, h, program("carol", true)), stack)
	require.NoError(t, err)
	found, err := describe(t, h, region, secret)
	require.NoError(t, err)
	assert.NotNil(t, found.DeletedDate, "the secret outlives a destroy in the pause")
}

// statusReported returns getSyncStatus's report about the sync of a program.
func statusReported(t *testing.T, h *harness.Harness, program string) map[string]any {
	t.Helper()
	up(t, h, write(t, h, program+`
outputs:
  status:
    fn::invoke:
      function: escsync:getSyncStatus
      arguments:
        organization: ${db.organization}
        project: ${db.targetProject}
        stack: ${db.stackName}
        environment: ${db.environment}
`))
	for _, r := range resourcesOf(t, h, stack) {
		if r.Type == "pulumi:pulumi:Stack" {
			reported, _ := r.Outputs["status"].(map[string]any)
			return reported
		}
	}
	return nil
}
