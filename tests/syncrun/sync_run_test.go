package syncrun

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// outputs returns the outputs of a resource in the state.
func (f fixture) outputs(typ string) map[string]any {
	f.t.Helper()
	var state struct {
		Deployment apitype.DeploymentV3 `json:"deployment"`
	}
	require.NoError(f.t, json.Unmarshal(f.Cloud.StackState("acme/"+stack), &state))
	for _, r := range state.Deployment.Resources {
		if string(r.Type) == typ {
			return r.Outputs
		}
	}
	f.t.Fatalf("no %s in the state", typ)
	return nil
}

// status returns an output with the status of a target stack.
func status(name string) string {
	return "variables:\n  status:\n    fn::invoke:\n      function: escsync:getSyncStatus\n" +
		"      arguments: {organization: acme, project: tgt, stack: " + name + "}\noutputs:\n  status: ${status}\n"
}

// The whole life: a first run that is awaited, none without a reason, one for a trigger, and a destroy that goes first.
func TestLifeOfASync(t *testing.T) {
	t.Parallel()
	f := newFixture(t, harness.Options{})
	ctx := t.Context()
	dir := f.program(run("run", 1))

	_, err := f.Preview(ctx, dir, stack)
	require.NoError(t, err)
	assert.Empty(t, f.deployments(), "a preview starts nothing")

	_, err = f.Up(ctx, dir, stack)
	require.NoError(t, err)
	assert.Equal(t, []string{"update succeeded"}, f.deployments(), "over when `pulumi up` is")
	out := f.outputs("escsync:index:SyncRun")
	assert.Equal(t, "succeeded", out["status"])
	assert.Equal(t, map[string]any{"create": 1.0}, out["resourceChanges"])
	assert.Equal(t, f.Deployments(target)[0].ID, out["deploymentId"])
	assert.IsType(t, map[string]any{}, out["triggersDigest"], "encrypted")

	dir = f.program(run("run", 1) + status("dev"))
	result, err := f.Up(ctx, dir, stack)
	require.NoError(t, err)
	assert.Empty(t, result.Changes())
	f.hasStatus()
	result, err = f.Refresh(ctx, dir, stack)
	require.NoError(t, err)
	assert.Empty(t, result.Changes())
	assert.Equal(t, []string{"update succeeded"}, f.deployments())

	dir = f.program(run("run", 2))
	result, err = f.Preview(ctx, dir, stack)
	require.NoError(t, err)
	assert.Equal(t, map[apitype.OpType]int{apitype.OpUpdate: 1}, result.Changes())
	_, err = f.Up(ctx, dir, stack)
	require.NoError(t, err)
	assert.Equal(t, []string{"update succeeded", "update succeeded"}, f.deployments())

	_, err = f.Preview(ctx, f.program(status("missing")), stack)
	require.ErrorContains(t, err, "stack acme/tgt/missing does not exist")
	_, err = f.Destroy(ctx, dir, stack)
	require.NoError(t, err)
	assert.NotContains(t, f.Cloud.Stacks(), "acme/"+target)
}

// hasStatus requires the status of a target stack with one successful run.
func (f fixture) hasStatus() {
	f.t.Helper()
	got, ok := f.outputs("pulumi:pulumi:Stack")["status"].(map[string]any)
	require.True(f.t, ok)
	assert.Equal(f.t, "succeeded", got["status"])
	assert.InDelta(f.t, 1, got["lastSuccessVersion"], 0)
	assert.Equal(f.t, map[string]any{"create": 1.0}, got["resourceChanges"])
}

func TestFailedSyncFailsTheUpdate(t *testing.T) {
	t.Parallel()
	f := newFixture(t, harness.Options{})
	ctx := t.Context()
	f.signal("fail")
	dir := f.program(run("run", 1))
	_, err := f.Up(ctx, dir, stack)
	require.ErrorContains(
		t,
		err,
		`deployment 1 (update) of acme/tgt/dev failed in step "Pre-run command 1". See http://`,
	)
	require.ErrorContains(t, err, "The next `pulumi up` starts another")
	assert.Equal(t, []string{"update failed"}, f.deployments())

	f.unsignal("fail")
	_, err = f.Up(ctx, dir, stack)
	require.NoError(t, err)
	assert.Equal(t, []string{"update failed", "update succeeded"}, f.deployments())
	result, err := f.Up(ctx, dir, stack)
	require.NoError(t, err)
	assert.Empty(t, result.Changes())
}

// A run that nobody awaited has failed: the next preview and the next `pulumi up` report it, and start nothing because
// of it. Once a run has succeeded, they report nothing.
func TestALaterFailureIsReported(t *testing.T) {
	t.Parallel()
	f := newFixture(t, harness.Options{})
	ctx := t.Context()
	dir := f.program(run("run", 1))
	_, err := f.Up(ctx, dir, stack)
	require.NoError(t, err)
	const reported = `deployment 2 (update), started by`
	for _, broken := range []bool{true, false} {
		if broken {
			f.signal("fail")
		} else {
			f.unsignal("fail")
		}
		_, err = f.Deploy(ctx, "update", target)
		require.NoError(t, err)
		preview, err := f.Preview(ctx, dir, stack)
		require.NoError(t, err)
		assert.Equal(t, broken, strings.Contains(preview.Stdout+preview.Stderr, reported), preview.Stdout)
		result, err := f.Up(ctx, dir, stack)
		require.NoError(t, err)
		assert.Equal(t, broken, strings.Contains(result.Stdout+result.Stderr, reported), result.Stdout)
		assert.Empty(t, result.Changes())
	}
	assert.Equal(t, []string{"update succeeded", "update failed", "update succeeded"}, f.deployments())
}

func TestRunThatOutlivesTheTimeoutIsFollowed(t *testing.T) {
	t.Parallel()
	f := newFixture(t, harness.Options{})
	ctx := t.Context()
	f.signal("hold")
	_, err := f.Up(ctx, f.program(run("run", 1, "timeout: 2s")), stack)
	require.ErrorContains(t, err, "after 2s: it did not end in time")
	require.ErrorContains(t, err, "The next `pulumi up` follows it and starts no second one")
	f.unsignal("hold")
	_, err = f.Up(ctx, f.program(run("run", 1)), stack)
	require.NoError(t, err)
	assert.Equal(t, []string{"update succeeded"}, f.deployments())
	assert.Equal(t, "succeeded", f.outputs("escsync:index:SyncRun")["status"])
}

// Of three concurrent runs, one runs and one is skipped in favour of the newest. Whoever waits for the skipped one then
// follows the newest.
func TestConcurrentRunsAndOneThatIsSkipped(t *testing.T) {
	t.Parallel()
	f := newFixture(t, harness.Options{})
	f.signal("hold")
	done := make(chan error)
	go func() {
		_, err := f.Up(t.Context(), f.program(run("one", 1)+run("two", 2)+run("three", 3)), stack)
		done <- err
	}()
	f.until(3)
	f.unsignal("hold")
	require.NoError(t, <-done)
	assert.Equal(t, []string{"update succeeded", "update skipped", "update succeeded"}, f.deployments())
}
