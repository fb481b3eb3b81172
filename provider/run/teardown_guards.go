package run

import (
	"context"
	"fmt"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// pushes reports whether a run writes to the platform.
func pushes(run deployments.Run) bool {
	return run.Operation == deployments.Update || run.Operation == remediateDrift
}

// remediateDrift is the operation of a drift schedule that repairs drift.
const remediateDrift = "remediate-drift"

// settle waits for unfinished runs that may still add resources to the stack.
func (d destruction) settle(ctx context.Context, options deployments.WaitOptions) error {
	runs, err := d.client.Newest(ctx, d.stack)
	if err != nil {
		return err
	}
	for _, run := range runs {
		if run.Done() || !pushes(run) {
			continue
		}
		d.watcher.Progress(fmt.Sprintf("waiting for deployment %d, which is under way", run.Version))
		if _, err := d.client.Await(ctx, d.stack, run, options, d.watcher); err != nil {
			return err
		}
	}
	return nil
}

// notPaused returns an error if the destroy would stay in the queue.
func (d destruction) notPaused(ctx context.Context) error {
	paused, err := d.client.Paused(ctx, d.stack)
	if err == nil && paused {
		err = fmt.Errorf("emptying stack %s: %w for the stack or the organization: resume them, and delete again",
			d.stack, deployments.ErrPaused)
	}
	return err
}
