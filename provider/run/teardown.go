package run

import (
	"context"
	"errors"
	"fmt"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
)

// runProgram makes the CLI run the program before a destroy, so that the target can check who owns the secrets and
// which account the credentials lead to.
const runProgram = "PULUMI_RUN_PROGRAM"

// destruction empties the stack of one Caretaker.
type destruction struct {
	cloud   cloud
	hints   hints.Table
	client  *deployments.Client
	state   CaretakerState
	stack   deployments.Stack
	watcher deployments.Watcher
}

// needed reports whether there is something to destroy and a destroy can work.
func (d destruction) needed(ctx context.Context) (bool, error) {
	exists, version, err := d.client.Version(ctx, d.stack)
	if err != nil {
		return false, err
	}
	if !exists {
		d.watcher.Warn(fmt.Sprintf("stack %s was not destroyed, because it does not exist, or the access token may not see "+
			"it: the secrets that it pushed stay on the platform", d.stack))
		return false, nil
	}
	runs, err := d.client.Newest(ctx, d.stack)
	if deployments.IsNotFound(err) { // it was deleted just now
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

// release removes the resources from the state of the stack, after waiting for runs that might add some.
func (d destruction) release(ctx context.Context) error {
	exists, version, err := d.client.Version(ctx, d.stack)
	if err != nil || !exists || version == 0 {
		return err
	}
	options, err := d.cloud.waitOptions(d.state.Timeout)
	if err != nil {
		return err
	}
	if err := d.settle(ctx, options); err != nil {
		return fmt.Errorf("waiting for the runs of stack %s: %w", d.stack, err)
	}
	resources, err := d.client.Resources(ctx, d.stack)
	if err != nil || resources == 0 {
		return err
	}
	d.watcher.Progress(fmt.Sprintf(
		"removing %d resources from the state of the stack: its secrets stay on the platform", resources))
	return d.client.Release(ctx, d.stack)
}

// underWay reports whether a run is unfinished. It may still add resources, or be the destroy.
func underWay(runs []deployments.Run) bool {
	for _, r := range runs {
		if !r.Done() {
			return true
		}
	}
	return false
}

// possible reports whether a destroy can work, and warns if not.
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
	d.watcher.Warn(fmt.Sprintf("stack %s was not destroyed, because %s no longer exists: its state has %d resources, and "+
		"the secrets that it pushed stay on the platform", d.stack, missing, resources))
	return false, nil
}

// run starts a destroy, or follows the one of an interrupted deletion, and waits for it.
func (d destruction) run(ctx context.Context) error {
	options, err := d.cloud.waitOptions(d.state.Timeout)
	if err != nil {
		return err
	}
	if err := d.notPaused(ctx); err != nil {
		return err
	}
	// Wait for runs that push, so that the destroy comes after all of them.
	if err := d.settle(ctx, options); err != nil {
		return fmt.Errorf("emptying stack %s: %w", d.stack, err)
	}
	order := deployments.Order{
		Stack: d.stack, Operation: deployments.Destroy, Initiator: d.client.Initiator(d.stack, "teardown"),
		Environment: map[string]string{runProgram: "true"},
	}
	newest, err := d.client.Newest(ctx, d.stack)
	if err != nil {
		return err
	}
	// If the newest run is an unfinished destroy, such as that of an interrupted deletion, it empties the stack too.
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
	run, err = d.client.Await(ctx, d.stack, run, options, d.watcher)
	if err != nil {
		return fmt.Errorf(
			"emptying stack %s: %w. %sThe deployment goes on, or stays queued; deleting again follows it",
			d.stack, err, where(run.ConsoleURL))
	}
	if run.Status != deployments.StatusSucceeded {
		return errors.New(failedDestroy(d.stack, run, causeOf(ctx, d.hints, d.client, d.stack, run)))
	}
	return nil
}
