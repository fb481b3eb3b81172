package syncrun

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

func TestFailedTeardownLeavesAll(t *testing.T) {
	t.Parallel()
	f := newFixture(t, harness.Options{})
	ctx := t.Context()
	dir := f.program(run("run", 1))
	_, err := f.Up(ctx, dir, stack)
	require.NoError(t, err)

	f.signal("fail")
	_, err = f.Destroy(ctx, dir, stack)
	require.ErrorContains(t, err, `deployment 2 failed in step "Pre-run command 1"`)
	require.ErrorContains(t, err, "Nothing that the teardown depends on was deleted")
	assert.Contains(t, f.Cloud.Stacks(), "acme/"+target)
	assert.Equal(t, []string{"update succeeded", "destroy failed"}, f.deployments())
	f.outputs("pulumiservice:index:DeploymentSettings")

	f.unsignal("fail")
	_, err = f.Destroy(ctx, dir, stack)
	require.NoError(t, err)
	assert.NotContains(t, f.Cloud.Stacks(), "acme/"+target)
}

// A stack without any run needs no destroy, even if none could work.
func TestTeardownOfAStackThatWasNeverUpdated(t *testing.T) {
	t.Parallel()
	f := newFixture(t, harness.Options{})
	f.signal("fail")
	dir := f.program("")
	_, err := f.Up(t.Context(), dir, stack)
	require.NoError(t, err)
	_, err = f.Destroy(t.Context(), dir, stack)
	require.NoError(t, err)
	assert.NotContains(t, f.Cloud.Stacks(), "acme/"+target)
}

// A teardown waits for a running sync, which may still be refused, before it starts a destroy.
func TestTeardownBehindARunningSync(t *testing.T) {
	t.Parallel()
	var calls counts
	f := newFixture(t, harness.Options{Middleware: calls.middleware})
	f.signal("hold")
	dir := f.program(run("run", 1, "wait: false"))
	_, err := f.Up(t.Context(), dir, stack)
	require.NoError(t, err)
	done := make(chan error)
	go func() {
		_, err := f.Destroy(t.Context(), dir, stack)
		done <- err
	}()
	// It keeps polling.
	for range 3 {
		waitFor(t, &calls.reads)
	}
	assert.Equal(t, []string{"update running"}, f.deployments())
	f.unsignal("hold")
	require.NoError(t, <-done)
	assert.NotContains(t, f.Cloud.Stacks(), "acme/"+target)
}
