package deployments

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// A sync usually takes seconds, so the first half minute polls fast. After that, polling slows down to spare the
	// service.
	firstPoll = time.Second
	pollFast  = 30 * time.Second
	maxPoll   = 10 * time.Second
	// pauseCheckEvery is the interval of checks for a pause while a run is queued.
	pauseCheckEvery = 20 * time.Second
	// lateAfter is when Await warns about a run that has not started, or leaves it queued.
	lateAfter = 5 * time.Minute
)

// The reasons to stop waiting for a run. The run itself goes on or stays queued.
var (
	ErrTimeout = errors.New("it did not end in time")
	ErrPaused  = errors.New("deployments are paused")
	//nolint:staticcheck // a name
	ErrQueued = errors.New("Pulumi Deployments runs this program too, which may occupy the slot that the deployment " +
		"waits for")
)

// WaitOptions limit how long Await waits.
type WaitOptions struct {
	// Timeout is the time until ErrTimeout, including the time in the queue.
	Timeout time.Duration
	// LeaveQueued makes Await return ErrQueued if the run has not started after 5 minutes. Set it if the caller may
	// occupy the slot that the run needs.
	LeaveQueued bool
}

// Watcher receives reports while Await waits.
type Watcher interface {
	// Progress reports the status of the run, for a status line.
	Progress(text string)
	// Warn reports what the user should look into.
	Warn(text string)
}

// Await follows a run to its end and returns its final state. If the run was skipped for a newer one of the same
// operation, Await follows that one. The error is ErrTimeout, ErrPaused, ErrQueued, the error of ctx, or a failure to
// read the run; the last known state is returned with it. A failed run is not an error: see Run.Status.
func (c *Client) Await(ctx context.Context, stack Stack, run Run, options WaitOptions, watcher Watcher) (Run, error) {
	w := &wait{
		client: c, stack: stack, run: run, watcher: watcher, start: time.Now(), leaveQueued: options.LeaveQueued,
	}
	deadline := w.start.Add(options.Timeout)
	for delay := firstPoll; ; {
		done, err := w.poll(ctx)
		if done || err != nil {
			return w.run, err
		}
		left := time.Until(deadline)
		if left <= 0 {
			return w.run, fmt.Errorf("deployment %d of %s is %s after %s: %w",
				w.run.Version, stack, w.run.describe(), options.Timeout, ErrTimeout)
		}
		if err := sleep(ctx, min(delay, left)); err != nil {
			return w.run, fmt.Errorf("waiting for deployment %d of %s, which is %s: %w",
				w.run.Version, stack, w.run.describe(), err)
		}
		if time.Since(w.start) >= pollFast {
			delay = min(delay*3/2, maxPoll)
		}
	}
}

// wait is the state of one Await.
type wait struct {
	client     *Client
	stack      Stack
	run        Run
	watcher    Watcher
	start      time.Time
	checked    time.Time // when the pause was last checked
	warnedLate bool
	said       string

	leaveQueued bool
}

// poll reads the run once. It reports whether the run has ended.
func (w *wait) poll(ctx context.Context) (bool, error) {
	run, err := w.client.Get(ctx, w.stack, w.run.ID)
	if err != nil {
		return false, err
	}
	if w.run.ConsoleURL != "" {
		run.ConsoleURL = w.run.ConsoleURL // keep the one from the response to the POST
	}
	w.run = run
	elapsed := time.Since(w.start)
	w.say(fmt.Sprintf("deployment %d: %s (%s)", run.Version, run.describe(), elapsed.Truncate(5*time.Second)))
	if run.Status == StatusSkipped {
		return w.follow(ctx)
	}
	if run.Waiting() {
		return false, w.queued(ctx, elapsed)
	}
	return run.Done(), nil
}

// follow switches to the run that replaced a skipped one. It reports whether the wait is over.
func (w *wait) follow(ctx context.Context) (bool, error) {
	runs, err := w.client.newest(ctx, w.stack)
	if err != nil {
		return false, err
	}
	for _, next := range runs { // newest first
		if next.Version > w.run.Version && next.Operation == w.run.Operation {
			w.say(fmt.Sprintf("deployment %d was skipped for %d", w.run.Version, next.Version))
			w.run = next
			return next.Done() && next.Status != StatusSkipped, nil
		}
	}
	return true, nil
}

// queued checks on a run that has not started.
func (w *wait) queued(ctx context.Context, elapsed time.Duration) error {
	now := time.Now()
	if w.checked.IsZero() || now.Sub(w.checked) >= pauseCheckEvery {
		w.checked = now
		paused, err := w.client.Paused(ctx, w.stack)
		if err != nil {
			return err
		}
		if paused {
			return fmt.Errorf("deployment %d of %s is queued, but %w for the stack or the organization",
				w.run.Version, w.stack, ErrPaused)
		}
	}
	if elapsed < lateAfter {
		return nil
	}
	late := fmt.Sprintf("deployment %d of %s has not started after %s",
		w.run.Version, w.stack, elapsed.Truncate(time.Second))
	if w.leaveQueued {
		return fmt.Errorf("%s: %w", late, ErrQueued)
	}
	if !w.warnedLate {
		w.warnedLate = true
		w.watcher.Warn(fmt.Sprintf("%s: other deployments are running, the organization has reached its limit of "+
			"concurrent deployments, or no runner serves the agent pool (deployment.agentPoolId, else the organization's "+
			"default). %s",
			late, w.run.ConsoleURL))
	}
	return nil
}

func (w *wait) say(text string) {
	if text != w.said {
		w.said = text
		w.watcher.Progress(text)
	}
}

// describe returns the status in words for the user.
func (r Run) describe() string {
	switch {
	case r.Waiting():
		return "queued"
	case r.Status == StatusRunning && r.Step != "":
		return "running: " + r.Step
	default:
		return r.Status
	}
}
