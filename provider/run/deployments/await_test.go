package deployments_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	. "github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

type watcher struct{ progress, warnings []string }

func (w *watcher) Progress(text string) { w.progress = append(w.progress, text) }
func (w *watcher) Warn(text string)     { w.warnings = append(w.warnings, text) }

func await(ctx context.Context, client *deployments.Client, timeout time.Duration) (deployments.Run, *watcher, error) {
	w := &watcher{}
	options := deployments.WaitOptions{Timeout: timeout}
	run, err := client.Await(ctx, stack, deployments.Run{ID: "id-1", Version: 1}, options, w)
	return run, w, err
}

func TestAwait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(
			Run{
				Statuses:  []string{"not-started", "accepted", "running", "running", "succeeded"},
				Operation: "update",
				Step:      "pulumi update",
			},
		)
		run, w, err := await(context.Background(), client, time.Hour)
		require.NoError(t, err)
		assert.Equal(t, deployments.StatusSucceeded, run.Status)
		assert.Equal(t, "2030-01-01T00:00:10Z", run.Started)
		assert.Equal(t, "2030-01-01T00:00:50Z", run.Finished)
		assert.Equal(t, []string{
			"deployment 1: queued (0s)", "deployment 1: accepted (0s)", "deployment 1: running: pulumi update (0s)",
			"deployment 1: succeeded (0s)",
		}, w.progress)
		assert.Empty(t, w.warnings)
	})
}

// Most runs end within half a minute, so Await polls every second at first and slows down later.
func TestAwaitPollsFastAtFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for timeout, want := range map[time.Duration]int{
			10 * time.Second: 11, 30 * time.Second: 31, time.Minute: 31 + 7, 10 * time.Minute: 31 + 6 + 55,
		} {
			cloud, client := start(t)
			cloud.Add(Run{Statuses: []string{"running"}, Operation: "update"})
			_, _, err := await(context.Background(), client, timeout)
			require.ErrorIs(t, err, deployments.ErrTimeout)
			assert.Equal(t, want, cloud.Count("GET run"), timeout)
		}
	})
}

// Await survives every transient fault.
func TestAwaitMeetsFaults(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]Fault{
		"429": RetryAfter(429, 3), "500": Status(500), "502": Status(502), "503": Status(503), "504": Status(504),
		"hanging": Hang(false), "cut in the answer": Cut(), "cut before": CutBefore(false),
	} {
		for _, call := range []string{"GET run", "GET metadata", "GET deployments"} {
			t.Run(name+" at "+call, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					cloud, client := start(t)
					cloud.Add(Run{Statuses: []string{"not-started", "skipped"}, Operation: "update"})
					cloud.Add(Run{Statuses: []string{"succeeded"}, Operation: "update"})
					cloud.Fail(call, fault, fault)
					run, _, err := await(context.Background(), client, time.Hour)
					require.NoError(t, err)
					assert.Equal(t, 2, run.Version)
					assert.Zero(t, cloud.Posts())
				})
			})
		}
	}
}

func TestAwaitEndsWhereTheCloudDoesNotComeBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"running"}, Operation: "update"})
		cloud.Fail("GET run", times(8, Status(500))...)
		_, _, err := await(context.Background(), client, time.Hour)
		require.ErrorContains(t, err, "given up after 8 attempts")
		assert.Equal(t, 91*time.Second, cloud.Elapsed())
	})
}

func TestAwaitTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"running"}, Operation: "update"})
		run, _, err := await(context.Background(), client, 95*time.Second)
		require.ErrorIs(t, err, deployments.ErrTimeout)
		assert.Equal(t, deployments.StatusRunning, run.Status)
		assert.Equal(t, 95*time.Second, cloud.Elapsed())
	})
}

func TestAwaitIsInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"running"}, Operation: "update"})
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(3*time.Second-time.Millisecond, cancel)
		run, _, err := await(ctx, client, time.Hour)
		require.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, "id-1", run.ID)
		assert.Equal(t, 3, cloud.Count("GET run"))
	})
}

// Cancelling ctx in the middle of a call ends the wait at once.
func TestAwaitIsInterruptedInACall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"running"}, Operation: "update"})
		cloud.Fail("GET run", Hang(false))
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		defer cancel()
		_, _, err := await(ctx, client, time.Hour)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 1, cloud.Count("GET run"))
	})
}

func TestAwaitFollowsWhatReplacedASkippedRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"not-started", "skipped"}, Operation: "update"})
		cloud.Add(Run{Statuses: []string{"skipped"}, Operation: "update"})
		cloud.Add(Run{Statuses: []string{"not-started", "running", "failed"}, Operation: "update", Step: "pulumi update"})
		cloud.Add(Run{Statuses: []string{"running"}, Operation: "preview"})
		run, w, err := await(context.Background(), client, time.Hour)
		require.NoError(t, err)
		assert.Equal(t, 3, run.Version)
		assert.Equal(t, deployments.StatusFailed, run.Status)
		assert.Contains(t, w.progress, "deployment 1 was skipped for 3")
	})
}

// The service skips a run that was queued for seven days, even without a newer one.
func TestAwaitOfARunThatIsSkippedForNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"skipped"}, Operation: "update"})
		cloud.Add(Run{Statuses: []string{"running"}, Operation: "destroy"})
		run, _, err := await(context.Background(), client, time.Hour)
		require.NoError(t, err)
		assert.Equal(t, deployments.StatusSkipped, run.Status)
	})
}

func TestAwaitSeesThatDeploymentsArePaused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"not-started"}, Operation: "update"})
		time.AfterFunc(6*time.Second-time.Millisecond, func() { cloud.SetPaused(true) })
		_, _, err := await(context.Background(), client, time.Hour)
		require.ErrorIs(t, err, deployments.ErrPaused)
		assert.Less(t, cloud.Elapsed(), time.Minute)
	})
}

// A run that has left the queue goes on during a pause and has a slot of its own.
func TestAwaitAsksNothingOfTheQueueForARunThatWasPickedUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: Repeat("accepted", 100, "succeeded"), Operation: "update"})
		cloud.SetPaused(true)
		w := &watcher{}
		run, err := client.Await(context.Background(), stack, deployments.Run{ID: "id-1", Version: 1},
			deployments.WaitOptions{Timeout: time.Hour, LeaveQueued: true}, w)
		require.NoError(t, err)
		assert.Equal(t, deployments.StatusSucceeded, run.Status)
		assert.Empty(t, w.warnings)
		assert.Zero(t, cloud.Count("GET metadata"))
	})
}

func TestAwaitWarnsOnceOfARunThatDoesNotBegin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"not-started"}, Operation: "update"})
		_, w, err := await(context.Background(), client, 20*time.Minute)
		require.ErrorIs(t, err, deployments.ErrTimeout)
		require.Len(t, w.warnings, 1)
		assert.Contains(t, w.warnings[0], "has not started after 5m")
		assert.Contains(t, w.warnings[0], "limit of concurrent deployments")
		assert.Contains(t, w.warnings[0], "no runner serves the agent pool")
	})
}

func TestAwaitLeavesARunThatDoesNotBegin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"not-started"}, Operation: "update"})
		w := &watcher{}
		run, err := client.Await(context.Background(), stack, deployments.Run{ID: "id-1", Version: 1},
			deployments.WaitOptions{Timeout: time.Hour, LeaveQueued: true}, w)
		require.ErrorIs(t, err, deployments.ErrQueued)
		assert.True(t, run.Waiting())
		assert.Empty(t, w.warnings, "the caller says it")
		assert.Less(t, cloud.Elapsed(), 6*time.Minute)
	})
}

// Await waits to the end for a run that has started, because it has a slot of its own.
func TestAwaitLeavesNoRunThatHasBegun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: Repeat("running", 100, "succeeded"), Operation: "update"})
		run, err := client.Await(context.Background(), stack, deployments.Run{ID: "id-1", Version: 1},
			deployments.WaitOptions{Timeout: time.Hour, LeaveQueued: true}, &watcher{})
		require.NoError(t, err)
		assert.Equal(t, deployments.StatusSucceeded, run.Status)
		assert.Greater(t, cloud.Elapsed(), 6*time.Minute)
	})
}

func TestAwaitOfARunThatIsGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, client := start(t)
		_, _, err := await(context.Background(), client, time.Hour)
		assert.True(t, deployments.IsNotFound(err))
		assert.NotErrorIs(t, err, deployments.ErrTimeout)
	})
}
