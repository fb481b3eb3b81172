package run

import (
	"context"
	"fmt"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
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

const (
	// historyPage is how many runs are asked for at once, as many as the service gives.
	historyPage = 100
	// historyPages bounds how far back it is looked: each failed run on the way costs the reading of its log.
	historyPages = 5
)

// notMoved fails where a run was refused for leading to another place, and none has succeeded since: a destroy would
// act on what has the same names there, which may be somebody else's. Only a success shows that the place is the old
// one again. A run that failed for another reason tells nothing, whether it came to that check or not. What cannot be
// told counts as refused: a deleted secret of somebody else is worse than a destroy that has to be repeated.
//
// The target stack itself cannot hold a stronger guard. A destroy does not run the program, so that nobody asks the
// platform where the credentials lead. The Inventory, which knows the place, is what every secret depends on, and is
// deleted after all of them. What remains unseen is a change of credentials that no run has met yet, such as one of the
// role behind them.
func (d destruction) notMoved(ctx context.Context) error {
	oldest := 0
	for page := 1; page <= historyPages; page++ {
		runs, err := d.client.Page(ctx, d.stack, page, historyPage)
		if err != nil && !deployments.IsNotFound(err) { // which a list of none may be
			return err
		}
		for _, run := range runs {
			settled, err := d.settles(ctx, run)
			if settled || err != nil {
				return err
			}
			oldest = run.Version
		}
		if len(runs) > 0 {
			continue
		}
		if oldest > 1 {
			return d.mayHaveMoved("none of its deployments succeeded that are still listed, and the deployments before %d "+
				"are not listed any more", oldest)
		}
		return nil
	}
	return d.mayHaveMoved("none of its last %d deployments succeeded", historyPages*historyPage)
}

// settles tells whether a run shows that the place is that of the state: a push that succeeded does, and so does a
// destroy, after which the state has none. It fails where the run was refused for leading elsewhere, or where that
// cannot be told.
func (d destruction) settles(ctx context.Context, run deployments.Run) (bool, error) {
	if run.Status == deployments.StatusSucceeded {
		return pushes(run) || run.Operation == deployments.Destroy, nil
	}
	if !pushes(run) || run.Status != deployments.StatusFailed {
		return false, nil
	}
	lines, err := d.client.Log(ctx, d.stack, run.ID, searchedLines)
	switch {
	case err != nil && !deployments.IsNotFound(err):
		return false, err
	case len(lines) == 0:
		return false, d.mayHaveMoved("the log of deployment %d, which failed, is not there", run.Version)
	case hints.Moved(lines):
		return false, fmt.Errorf("destroying what %s holds: deployment %d was refused, as its configuration or credentials "+
			"lead to another place than what it has pushed to, and none has succeeded since. A destroy would delete there: "+
			"undo that, let a run succeed, and delete again", d.stack, run.Version)
	}
	return false, nil
}

// mayHaveMoved is the error where the runs do not tell whether a destroy would act in another place.
func (d destruction) mayHaveMoved(format string, args ...any) error {
	return fmt.Errorf("destroying what %s holds: it cannot be told whether its credentials still lead to where it has "+
		"pushed to: %s. A destroy elsewhere would delete there: let a run succeed, and delete again",
		d.stack, fmt.Sprintf(format, args...))
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
