package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/escsync"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// The whole life of the example: created, run, changed, and destroyed.
func TestSyncFollowsItsEnvironment(t *testing.T) {
	t.Parallel()
	const first, second = "first $ecret \"quoted\"\nwith a second line", "second $$ecret ${not.one}"
	ctx := t.Context()
	h := newPattern(t, first, harness.Options{RealExecutor: true})
	dir, err := h.Program(example)
	require.NoError(t, err)

	made, err := h.Up(ctx, dir, exampleStack)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{
		"escsync:index:EscSync",
		"escsync:index:SyncRun",
		"escsync:index:Caretaker",
		"pulumiservice:index:DeploymentSchedule",
		"pulumiservice:index:DeploymentSettings",
		"pulumiservice:index:Environment",
		"pulumiservice:index:Stack",
		"pulumiservice:index:Webhook",
	}, typesOf(made, apitype.OpCreate))

	deployments := h.Deployments(exampleTarget)
	requireSynced(t, h, deployments, 1, first)
	assert.NotEqual(t, "webhook", deployments[0].Initiator)
	lastSync := lastSyncOf(t, h, exampleStack)
	assert.Equal(t, "succeeded", lastSync["status"])
	assert.Equal(t, 1.0, lastSync["version"])
	assert.Equal(t, lastSync["finished"], lastSync["lastSuccess"])
	assert.NotContains(t, lastSync, "failedStep", "absent if no step failed")

	preview, err := h.Preview(ctx, dir, exampleStack)
	require.NoError(t, err)
	assert.Empty(t, preview.Changes(), "a preview after an update")
	again, err := h.Up(ctx, dir, exampleStack)
	require.NoError(t, err)
	assert.Empty(t, again.Changes(), "a second update")
	assert.Len(t, h.Deployments(exampleTarget), 1, "an update without a change starts no run")

	require.NoError(t, h.UpdateEnvironment(ctx, harness.PatternEnvironment, harness.PatternDefinition(second)))
	assert.Len(t, h.Deployments(exampleTarget), 1, "the import is pinned to a tag, which has not moved")
	require.NoError(t, h.TagEnvironment(ctx, harness.PatternEnvironment, harness.PatternTag))
	deployments, err = h.WaitForDeployments(ctx, exampleTarget)
	require.NoError(t, err)
	requireSynced(t, h, deployments, 2, second)
	assert.Equal(t, "webhook", deployments[1].Initiator)

	h.Cloud.AdvanceClock(time.Hour)
	deployments, err = h.WaitForDeployments(ctx, exampleTarget)
	require.NoError(t, err)
	requireSynced(t, h, deployments, 3, second)
	assert.Equal(t, "schedule", deployments[2].Initiator)
	assert.Empty(t, deployments[2].Changes(), "nothing had changed in that hour")

	gone, err := h.Destroy(ctx, dir, exampleStack)
	require.NoError(t, err)
	assert.ElementsMatch(t, typesOf(made, apitype.OpCreate), typesOf(gone, apitype.OpDelete))
	assert.Equal(t, []string{harness.Organization + "/" + exampleStack}, h.Cloud.Stacks(), "the target stack is gone")
	value, err := h.Secret(ctx, region, exampleSecret)
	require.NoError(t, err)
	assert.Equal(t, harness.PatternSecret(second), value, "what was pushed is retained")
}

// lastSyncOf returns the output lastSync of the only EscSync of a stack.
func lastSyncOf(t *testing.T, h *harness.Harness, stack string) map[string]any {
	t.Helper()
	for _, r := range resourcesOf(t, h, stack) {
		if r.Type == escsync.Token {
			lastSync, _ := r.Outputs["lastSync"].(map[string]any)
			return lastSync
		}
	}
	return nil
}

// requireSynced requires the number of a stack's deployments, that the last one succeeded, and that AWS has only the
// pattern's secret with the given password.
func requireSynced(t *testing.T, h *harness.Harness, deployments []pulumicloud.Deployment, count int, password string) {
	t.Helper()
	require.Len(t, deployments, count)
	last := deployments[count-1]
	require.Equal(t, "succeeded", last.Status, last.Log)
	names, err := h.SecretNames(t.Context(), region)
	require.NoError(t, err)
	require.Equal(t, []string{exampleSecret}, names)
	value, err := h.Secret(t.Context(), region, exampleSecret)
	require.NoError(t, err)
	require.Equal(t, harness.PatternSecret(password), value)
}

// typesOf returns the types of the resources with an operation, without the engine's own: stack and default providers.
func typesOf(result *harness.Result, op apitype.OpType) []string {
	var types []string
	for _, step := range result.Steps {
		if step.Op == op && !strings.HasPrefix(step.Type, "pulumi:") {
			types = append(types, step.Type)
		}
	}
	return types
}
