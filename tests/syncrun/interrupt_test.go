package syncrun

import (
	"bytes"
	"context"
	"net/http"
	"os/exec"
	"regexp"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

var (
	// readsARun matches a wait for a deployment, and listsRuns the lookup before a start.
	readsARun = regexp.MustCompile(`/deployments/[0-9a-f-]{36}$`)
	listsRuns = regexp.MustCompile(`/deployments$`)
)

// counts counts both kinds of calls.
type counts struct{ reads, lists atomic.Int32 }

func (c *counts) middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		switch {
		case r.Method != http.MethodGet:
		case readsARun.MatchString(r.URL.Path):
			c.reads.Add(1)
		case listsRuns.MatchString(r.URL.Path):
			c.lists.Add(1)
		}
	})
}

// waitFor waits for the next call.
func waitFor(t *testing.T, count *atomic.Int32) {
	t.Helper()
	seen := count.Load()
	require.Eventually(t, func() bool { return count.Load() > seen }, time.Minute, 20*time.Millisecond)
}

// If the CLI and its plugins are killed while they wait, no state contains the run. The next update finds it.
func TestKilledUpdateIsResumed(t *testing.T) {
	t.Parallel()
	var calls counts
	h, err := harness.Start(t.Context(), harness.Options{Middleware: calls.middleware})
	require.NoError(t, err)
	t.Cleanup(func() { _ = h.Close() }) // its error names the plugins that outlive a killed CLI
	f := newFixtureOn(t, h)
	f.signal("hold")
	dir := f.program(run("run", 1))
	ctx, kill := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := f.Up(ctx, dir, stack)
		done <- err
	}()
	waitFor(t, &calls.reads)
	kill()
	require.ErrorIs(t, <-done, context.Canceled)

	_, err = f.Pulumi(t.Context(), dir, "cancel", "--yes", "--stack", "acme/"+stack)
	require.NoError(t, err)
	// The orphaned plugin also waits, so reads show nothing. It no longer lists runs.
	go func() {
		_, err := f.Up(t.Context(), dir, stack)
		done <- err
	}()
	waitFor(t, &calls.lists)
	f.unsignal("hold")
	require.NoError(t, <-done)
	assert.Equal(t, []string{"update succeeded"}, f.deployments())
}

// Ctrl-C ends the wait, and the run is in the state.
func TestInterruptedUpdateIsResumed(t *testing.T) {
	t.Parallel()
	var calls counts
	f := newFixture(t, harness.Options{Middleware: calls.middleware})
	f.signal("hold")
	dir := f.program(run("run", 1))
	_, err := f.Pulumi(t.Context(), dir, "stack", "init", "acme/"+stack)
	require.NoError(t, err)

	cmd, output := f.cli(dir, "up", "--yes", "--skip-preview", "--stack", "acme/"+stack, "--non-interactive")
	require.NoError(t, cmd.Start())
	waitFor(t, &calls.reads)
	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	require.Error(t, cmd.Wait())
	assert.Contains(t, output.String(), "The next `pulumi up` follows it and starts no second one")
	assert.Equal(t, true, f.outputs("escsync:index:SyncRun")["pending"])

	f.unsignal("hold")
	_, err = f.Up(t.Context(), dir, stack)
	require.NoError(t, err)
	assert.Equal(t, []string{"update succeeded"}, f.deployments())
}

// cli returns a CLI command that the test can signal.
func (f fixture) cli(dir string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	f.t.Helper()
	tools, err := harness.FindTools()
	require.NoError(f.t, err)
	output := &bytes.Buffer{}
	cmd := exec.CommandContext(f.t.Context(), tools.Pulumi, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, f.CLIEnvironment(), output, output
	return cmd, output
}
