package run

import (
	"context"
	"errors"
	"fmt"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
)

// runProgram is the variable by which the CLI runs the program before a destroy, so that the target asks whose the
// secrets are and where the credentials lead, with which it then deletes.
const runProgram = "PULUMI_RUN_PROGRAM"

// destruction is one deletion of a Caretaker.
type destruction struct {
	cloud   cloud
	hints   hints.Table
	client  *deployments.Client
	state   CaretakerState
	stack   deployments.Stack
	watcher deployments.Watcher
}

// needed tells whether there is something to destroy, and a way to.
func (d destruction) needed(ctx context.Context) (bool, error) {
	exists, version, err := d.client.Version(ctx, d.stack)
	if err != nil {
		return false, err
	}
	if !exists {
		d.watcher.Warn(fmt.Sprintf("stack %s was not destroyed, as it does not exist, or the access token may not see it: "+
			"what it pushed stays where it is", d.stack))
		return false, nil
	}
	runs, err := d.client.Newest(ctx, d.stack)
	if deployments.IsNotFound(err) { // it went just now
		return false, nil
	}
	if err != nil {
		return false, err
	}
	resources := 0
	if version > 0 {
		if resources, err = d.client.Resources(ctx, d.stack); err != nil {
			return false, err
		}
	}
	if resources == 0 && !underWay(runs) {
		return false, nil
	}
	return d.possible(ctx, resources)
}

// release takes what the stack holds out of its state, once no run is under way that might put something in.
func (d destruction) release(ctx context.Context) error {
	exists, version, err := d.client.Version(ctx, d.stack)
	if err != nil || !exists || version == 0 {
		return err
	}
	patience, err := d.cloud.waitOptions(d.state.Timeout)
	if err != nil {
		return err
	}
	if err := d.settle(ctx, patience); err != nil {
		return fmt.Errorf("waiting for the runs of stack %s: %w", d.stack, err)
	}
	resources, err := d.client.Resources(ctx, d.stack)
	if err != nil || resources == 0 {
		return err
	}
	d.watcher.Progress(fmt.Sprintf(
		"taking %d resources out of the stack: what they stand for stays where it is", resources))
	return d.client.Release(ctx, d.stack)
}

// underWay tells whether a run may still fill the stack, or is emptying it.
func underWay(runs []deployments.Run) bool {
	for _, r := range runs {
		if !r.Done() {
			return true
		}
	}
	return false
}

// possible tells whether a destroy can work, and warns if not.
func (d destruction) possible(ctx context.Context, resources int) (bool, error) {
	missing := ""
	settings, err := d.client.HasSettings(ctx, d.stack)
	if err != nil {
		return false, err
	}
	if !settings {
		missing = "its deployment settings"
	} else if environment, ok := environmentOf(d.stack.Organization, d.state.Environment); ok {
		exists, err := d.client.HasEnvironment(ctx, environment)
		if err != nil {
			return false, err
		}
		if !exists {
			missing = "environment " + d.state.Environment
		}
	}
	if missing == "" {
		return true, nil
	}
	d.watcher.Warn(fmt.Sprintf("stack %s was not destroyed, as %s no longer exists: its state has %d resources, and the "+
		"secrets that it pushed stay where they are", d.stack, missing, resources))
	return false, nil
}

// run destroys, and sees to it.
func (d destruction) run(ctx context.Context) error {
	patience, err := d.cloud.waitOptions(d.state.Timeout)
	if err != nil {
		return err
	}
	if err := d.notPaused(ctx); err != nil {
		return err
	}
	// One that is under way may be refused yet.
	if err := d.settle(ctx, patience); err != nil {
		return fmt.Errorf("destroying what %s holds: %w", d.stack, err)
	}
	order := deployments.Order{
		Stack: d.stack, Operation: deployments.Destroy, Initiator: d.client.Initiator(d.stack, "teardown"),
		Environment: map[string]string{runProgram: "true"},
	}
	newest, err := d.client.Newest(ctx, d.stack)
	if err != nil {
		return err
	}
	// A destroy that nothing is queued behind empties the stack as well: that of a deletion that was interrupted.
	if len(newest) > 0 {
		last := newest[0].Version
		order.Adopt = func(r deployments.Run) bool { return r.Version >= last }
	}
	d.watcher.Progress("emptying the target stack: pushed secrets stay or go as deletionPolicy says")
	run, adopted, err := d.client.Start(ctx, order)
	if err != nil {
		return err
	}
	if adopted {
		d.watcher.Progress(fmt.Sprintf("following deployment %d, which destroys the stack already", run.Version))
	}
	run, err = d.client.Await(ctx, d.stack, run, patience, d.watcher)
	if err != nil {
		return fmt.Errorf(
			"destroying what %s holds: %w. %sThe deployment goes on, or stays queued; deleting again follows it",
			d.stack, err, where(run.ConsoleURL))
	}
	if run.Status != deployments.StatusSucceeded {
		return errors.New(failedDestroy(d.stack, run, causeOf(ctx, d.hints, d.client, d.stack, run)))
	}
	return nil
}
