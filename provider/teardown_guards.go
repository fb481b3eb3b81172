package provider

import (
	"context"
	"fmt"

	"github.com/escsync/pulumi-escsync/provider/internal/deployments"
	"github.com/escsync/pulumi-escsync/provider/internal/remedy"
)

// pushes tells whether a run writes to the platform.
func pushes(run deployments.Run) bool {
	return run.Operation == deployments.Update || run.Operation == remediateDrift
}

// remediateDrift is the operation of a drift schedule that repairs.
const remediateDrift = "remediate-drift"

// settle waits for the runs under way that may still put something in the stack.
func (d destruction) settle(ctx context.Context, patience deployments.Patience) error {
	runs, err := d.client.Newest(ctx, d.stack)
	if err != nil {
		return err
	}
	for _, run := range runs {
		if run.Done() || !pushes(run) {
			continue
		}
		d.watcher.Progress(fmt.Sprintf("waiting for deployment %d, which is under way", run.Version))
		if _, err := d.client.Await(ctx, d.stack, run, patience, d.watcher); err != nil {
			return err
		}
	}
	return nil
}

// notMoved fails where the newest run was refused for leading to another place: a destroy would act on what has the
// same names there, which may be somebody else's. A run that succeeds since then lifts it.
func (d destruction) notMoved(ctx context.Context) error {
	runs, err := d.client.Newest(ctx, d.stack)
	if err != nil {
		return err
	}
	for _, run := range runs {
		if !pushes(run) || run.Status == deployments.StatusSkipped {
			continue
		}
		if run.Status != deployments.StatusFailed {
			return nil
		}
		lines, err := d.client.Log(ctx, d.stack, run.ID, searchedLines)
		if err == nil && remedy.Moved(lines) {
			return fmt.Errorf("destroying what %s holds: its last run, deployment %d, was refused, as its configuration or "+
				"credentials lead to another place than what it has pushed to. A destroy would delete there: undo that, let "+
				"a run succeed, and delete again", d.stack, run.Version)
		}
		return err
	}
	return nil
}

// notPaused fails where a destroy would only wait.
func (d destruction) notPaused(ctx context.Context) error {
	paused, err := d.client.Paused(ctx, d.stack)
	if err == nil && paused {
		err = fmt.Errorf("destroying what %s holds: %w for the stack or the organization: resume them, and delete again",
			d.stack, deployments.ErrPaused)
	}
	return err
}
