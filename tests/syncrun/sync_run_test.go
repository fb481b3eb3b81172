package syncrun

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// outputs of a resource, as the state holds them.
func (b bench) outputs(dir, typ string) map[string]any {
	b.t.Helper()
	text, err := b.Export(b.t.Context(), dir, stack)
	require.NoError(b.t, err)
	var state struct {
		Deployment apitype.DeploymentV3 `json:"deployment"`
	}
	require.NoError(b.t, json.Unmarshal(text, &state))
	for _, r := range state.Deployment.Resources {
		if string(r.Type) == typ {
			return r.Outputs
		}
	}
	b.t.Fatalf("no %s in the state", typ)
	return nil
}

// The whole life: a first sync that is awaited, none without a reason, one for a trigger, and a destroy that comes
// first.
func TestLifeOfASync(t *testing.T) {
	t.Parallel()
	for name, honoured := range map[string]bool{
		"the cloud honours forceDestroy": true, "the cloud ignores forceDestroy": false,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, harness.Options{HonourForceDestroy: honoured})
			ctx := t.Context()

			_, err := b.Preview(ctx, b.program(run("run", 1)), stack)
			require.NoError(t, err)
			assert.Empty(t, b.deployments(), "a preview starts nothing")

			dir := b.program(run("run", 1))
			_, err = b.Up(ctx, dir, stack)
			require.NoError(t, err)
			assert.Equal(t, []string{"update succeeded"}, b.deployments(), "over when `pulumi up` is")
			out := b.outputs(dir, "escsync:index:SyncRun")
			assert.Equal(t, "succeeded", out["status"])
			assert.Equal(t, map[string]any{"create": 1.0}, out["resourceChanges"])
			assert.Equal(t, b.Deployments(target)[0].ID, out["deploymentId"])
			assert.IsType(t, map[string]any{}, out["triggersDigest"], "encrypted")

			result, err := b.Up(ctx, dir, stack)
			require.NoError(t, err)
			assert.Empty(t, result.Changes())
			result, err = b.Refresh(ctx, dir, stack)
			require.NoError(t, err)
			assert.Empty(t, result.Changes())
			assert.Equal(t, []string{"update succeeded"}, b.deployments())

			result, err = b.Preview(ctx, b.program(run("run", 2)), stack)
			require.NoError(t, err)
			assert.Equal(t, map[apitype.OpType]int{apitype.OpUpdate: 1}, result.Changes())
			dir = b.program(run("run", 2))
			_, err = b.Up(ctx, dir, stack)
			require.NoError(t, err)
			assert.Equal(t, []string{"update succeeded", "update succeeded"}, b.deployments())

			_, err = b.Destroy(ctx, dir, stack)
			require.NoError(t, err)
			assert.NotContains(t, b.Cloud.Stacks(), "acme/"+target)
		})
	}
}

func TestFailedSyncFailsTheUpdate(t *testing.T) {
	t.Parallel()
	b := newBench(t, harness.Options{})
	ctx := t.Context()
	b.signal("fail")
	dir := b.program(run("run", 1))
	_, err := b.Up(ctx, dir, stack)
	require.ErrorContains(
		t,
		err,
		`deployment 1 (update) of acme/tgt/dev failed in step "Pre-run command 1". See http://`,
	)
	require.ErrorContains(t, err, "The next `pulumi up` starts another")
	assert.Equal(t, []string{"update failed"}, b.deployments())

	b.unsignal("fail")
	_, err = b.Up(ctx, dir, stack)
	require.NoError(t, err)
	assert.Equal(t, []string{"update failed", "update succeeded"}, b.deployments())
	result, err := b.Up(ctx, dir, stack)
	require.NoError(t, err)
	assert.Empty(t, result.Changes())
}

func TestRunThatOutlivesTheTimeoutIsFollowed(t *testing.T) {
	t.Parallel()
	b := newBench(t, harness.Options{})
	ctx := t.Context()
	b.signal("hold")
	_, err := b.Up(ctx, b.program(run("run", 1, "timeout: 2s")), stack)
	require.ErrorContains(t, err, "after 2s: it did not end in time")
	require.ErrorContains(t, err, "The next `pulumi up` follows it and starts no second one")
	b.unsignal("hold")
	dir := b.program(run("run", 1))
	_, err = b.Up(ctx, dir, stack)
	require.NoError(t, err)
	assert.Equal(t, []string{"update succeeded"}, b.deployments())
	assert.Equal(t, "succeeded", b.outputs(dir, "escsync:index:SyncRun")["status"])
}

// Three runs at once: one runs, one is skipped for the newest, and who waits for that follows the newest.
func TestConcurrentRunsAndOneThatIsSkipped(t *testing.T) {
	t.Parallel()
	b := newBench(t, harness.Options{})
	b.signal("hold")
	done := make(chan error)
	go func() {
		_, err := b.Up(t.Context(), b.program(run("one", 1)+run("two", 2)+run("three", 3)), stack)
		done <- err
	}()
	b.until(3)
	b.unsignal("hold")
	require.NoError(t, <-done)
	assert.Equal(t, []string{"update succeeded", "update skipped", "update succeeded"}, b.deployments())
}

func TestGetSyncStatus(t *testing.T) {
	t.Parallel()
	b := newBench(t, harness.Options{})
	status := func(name string) string {
		return "variables:\n  status:\n    fn::invoke:\n      function: escsync:getSyncStatus\n" +
			"      arguments: {organization: acme, project: tgt, stack: " + name + "}\noutputs:\n  status: ${status}\n"
	}
	_, err := b.Up(t.Context(), b.program(status("missing")), stack)
	require.ErrorContains(t, err, "stack acme/tgt/missing does not exist")

	dir := b.program(run("run", 1))
	_, err = b.Up(t.Context(), dir, stack)
	require.NoError(t, err)
	dir = b.program(run("run", 1) + status("dev"))
	_, err = b.Up(t.Context(), dir, stack)
	require.NoError(t, err)
	got, ok := b.outputs(dir, "pulumi:pulumi:Stack")["status"].(map[string]any)
	require.True(t, ok)
	assert.Equal(t, "succeeded", got["status"])
	assert.InDelta(t, 1, got["lastSuccessVersion"], 0)
	assert.Equal(t, map[string]any{"create": 1.0}, got["resourceChanges"])
}
