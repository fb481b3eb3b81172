package syncrun

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

func TestFailedTeardownLeavesAll(t *testing.T) {
	t.Parallel()
	b := newBench(t, harness.Options{HonourForceDestroy: true})
	ctx := t.Context()
	dir := b.program(run("run", 1))
	_, err := b.Up(ctx, dir, stack)
	require.NoError(t, err)

	b.signal("fail")
	_, err = b.Destroy(ctx, dir, stack)
	require.ErrorContains(t, err, `deployment 2 failed in step "Pre-run command 1"`)
	require.ErrorContains(t, err, "Nothing that the teardown depends on was deleted")
	assert.Contains(t, b.Cloud.Stacks(), "acme/"+target)
	assert.Equal(t, []string{"update succeeded", "destroy failed"}, b.deployments())
	b.outputs(dir, "pulumiservice:index:DeploymentSettings")

	b.unsignal("fail")
	_, err = b.Destroy(ctx, dir, stack)
	require.NoError(t, err)
	assert.NotContains(t, b.Cloud.Stacks(), "acme/"+target)
}

// A stack that nothing was ever run in needs no destroy, even where none could work.
func TestTeardownOfAStackThatWasNeverUpdated(t *testing.T) {
	t.Parallel()
	b := newBench(t, harness.Options{})
	b.signal("fail")
	dir := b.program("")
	_, err := b.Up(t.Context(), dir, stack)
	require.NoError(t, err)
	_, err = b.Destroy(t.Context(), dir, stack)
	require.NoError(t, err)
	assert.NotContains(t, b.Cloud.Stacks(), "acme/"+target)
}

// A teardown waits for a run that is under way, which may be refused yet, before it starts a destroy.
func TestTeardownBehindARunningSync(t *testing.T) {
	t.Parallel()
	b := newBench(t, harness.Options{})
	b.signal("hold")
	dir := b.program(run("run", 1, "wait: false"))
	_, err := b.Up(t.Context(), dir, stack)
	require.NoError(t, err)
	done := make(chan error)
	go func() {
		_, err := b.Destroy(t.Context(), dir, stack)
		done <- err
	}()
	select {
	case err := <-done:
		t.Fatalf("the teardown did not wait: %v", err)
	case <-time.After(5 * time.Second):
	}
	assert.Equal(t, []string{"update running"}, b.deployments())
	b.unsignal("hold")
	require.NoError(t, <-done)
	assert.NotContains(t, b.Cloud.Stacks(), "acme/"+target)
}
