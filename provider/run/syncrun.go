package run

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
)

// logLines is how many lines of a failed run's log are shown with showLog.
const logLines = 50

// noRun is the status if there was no deployment.
const noRun = "none"

// SyncRun starts deployments of a target stack and waits for them.
type SyncRun struct {
	cloud cloud
	hints hints.Table
}

// Annotate names and describes the resource.
func (r *SyncRun) Annotate(a infer.Annotator) {
	a.SetToken("index", "SyncRun")
	a.Describe(&r, "Runs a sync: starts a deployment (`update`) of the target stack when the resource is created and "+
		"whenever one of its triggers changes, and waits for it. A failed run fails `pulumi up`, and the next `pulumi up` "+
		"starts another. If `pulumi up` ends before the run, because of the timeout or an interrupt, the next `pulumi up` "+
		"follows the run. If a newer run replaces this one, `pulumi up` follows that. Deleting the resource does "+
		"nothing.\n\nRefresh reads the last run that this resource started. Import reads the newest update of the stack; "+
		"its ID is `organization/project/stack`.")
}

// Create starts a run, unless suspended.
func (r *SyncRun) Create(
	ctx context.Context, req infer.CreateRequest[SyncRunArgs],
) (infer.CreateResponse[SyncRunState], error) {
	state := newSyncRunState(req.Inputs)
	state.Within = req.Inputs.Within
	id := req.Inputs.stack().String()
	if req.Inputs.Suspended {
		state.Status = noRun
		return infer.CreateResponse[SyncRunState]{ID: id, Output: state}, nil
	}
	if req.DryRun {
		return infer.CreateResponse[SyncRunState]{ID: id, Output: state}, nil
	}
	err := r.start(ctx, req.Inputs, &state)
	return infer.CreateResponse[SyncRunState]{ID: id, Output: state}, err
}

// Update follows the run of the state if it is unfinished, starts a new one if a trigger changed or the last run did
// not succeed, and otherwise only updates the state.
func (r *SyncRun) Update(
	ctx context.Context, req infer.UpdateRequest[SyncRunArgs, SyncRunState],
) (infer.UpdateResponse[SyncRunState], error) {
	if req.Inputs.Suspended { // keep the digest of the last run: the end of the suspension compares with it
		return infer.UpdateResponse[SyncRunState]{Output: req.State}, nil
	}
	state := newSyncRunState(req.Inputs)
	state.Pushed = req.State.Pushed
	sameTriggers := state.TriggersDigest == req.State.TriggersDigest
	keep := sameTriggers && (req.State.Pending || !mustRepeat(req.State.Status))
	if keep {
		state.record(req.State.run())
		state.Started, state.Finished = req.State.Started, req.State.Finished
		state.ResourceChanges, state.Pending = maps.Clone(req.State.ResourceChanges), req.State.Pending
	}
	if req.DryRun {
		return infer.UpdateResponse[SyncRunState]{Output: state}, nil
	}
	var err error
	switch {
	case keep && req.State.Pending:
		err = r.follow(ctx, req.Inputs, &state, req.State.run())
	case !keep:
		err = r.start(ctx, req.Inputs, &state)
	}
	return infer.UpdateResponse[SyncRunState]{Output: state}, err
}

// mustRepeat reports whether a run with this status must be repeated even if no trigger changed.
func mustRepeat(status string) bool {
	return status == deployments.StatusFailed || status == deployments.StatusSkipped || status == noRun
}

func newSyncRunState(args SyncRunArgs) SyncRunState {
	return SyncRunState{
		Organization: args.Organization, Project: args.Project, Stack: args.Stack,
		ResourceChanges: map[string]int{}, TriggersDigest: digest(args.Triggers),
	}
}

// start starts a run and follows it. Once a run exists, every error is an infer.ResourceInitFailedError, so that the
// engine saves the run in the state.
func (r *SyncRun) start(ctx context.Context, args SyncRunArgs, state *SyncRunState) error {
	client, err := r.cloud.client(ctx)
	if err != nil {
		return err
	}
	initiator := client.Initiator(args.stack(), state.TriggersDigest)
	watcher := statusLine{p.GetLogger(ctx)}
	watcher.Progress("starting a sync run")
	run, adopted, err := client.Start(ctx, deployments.Order{
		Stack: args.stack(), Operation: deployments.Update, Initiator: initiator,
		// A run for the same triggers comes from an interrupted `pulumi up`, which could not save it.
		Adopt: func(r deployments.Run) bool { return r.Initiator == initiator },
	})
	if err != nil {
		return err
	}
	if adopted {
		watcher.Progress(fmt.Sprintf("following deployment %d, which is under way for the same triggers", run.Version))
	}
	return r.follow(ctx, args, state, run)
}

// follow records a run and, unless wait is false, waits for it.
func (r *SyncRun) follow(ctx context.Context, args SyncRunArgs, state *SyncRunState, run deployments.Run) error {
	state.record(run)
	state.Pending = false
	if !r.waits(args) {
		state.Pushed = args.Pushed
		return nil
	}
	client, err := r.cloud.client(ctx)
	if err != nil {
		return unfinished(state, err)
	}
	wait, err := r.cloud.waitOptions(args.Timeout)
	if err != nil {
		return unfinished(state, err)
	}
	run, err = client.Await(ctx, args.stack(), run, wait, statusLine{p.GetLogger(ctx)})
	state.record(run)
	if errors.Is(err, deployments.ErrQueued) {
		state.Pending = true
		p.GetLogger(ctx).Warningf("%v. The run stays queued and starts when a slot is free; the next `pulumi up` follows "+
			"it. %sSet `wait: false` to skip the wait", err, where(state.ConsoleURL))
		return nil
	}
	if err != nil {
		return unfinished(state, err)
	}
	// The changes are optional, so a missing answer is not an error.
	if changes, err := client.Changes(ctx, args.stack(), run.ID); err == nil {
		state.ResourceChanges = changes
	}
	if run.Status != deployments.StatusSucceeded {
		r.showLog(ctx, client, args, run)
		return initFailed(failedRun(args.stack(), run, causeOf(ctx, r.hints, client, args.stack(), run)))
	}
	state.Pushed = args.Pushed
	return nil
}

func (r *SyncRun) waits(args SyncRunArgs) bool {
	if args.Wait != nil {
		return *args.Wait
	}
	return !r.cloud.insideDeployments()
}

// showLog prints the end of the log as diagnostics. An error must not contain it, because the state stores errors.
func (r *SyncRun) showLog(ctx context.Context, client *deployments.Client, args SyncRunArgs, run deployments.Run) {
	if !args.ShowLog {
		return
	}
	logger := p.GetLogger(ctx)
	lines, err := client.Log(ctx, args.stack(), run.ID, logLines)
	if err != nil {
		logger.Warningf("the log cannot be shown: %v", err)
		return
	}
	logger.Infof("the last lines of the log of deployment %d:\n%s", run.Version, strings.Join(lines, "\n"))
}

// unfinished is the error for a run whose end was not seen.
func unfinished(state *SyncRunState, err error) error {
	state.Pending = !deployments.IsNotFound(err)
	if !state.Pending {
		state.Status = noRun
		return initFailed(fmt.Sprintf("%v; the deployment is gone: the next `pulumi up` starts another", err))
	}
	return initFailed(fmt.Sprintf("%v. %sThe next `pulumi up` follows it and starts no second one",
		err, where(state.ConsoleURL)))
}

func initFailed(reason string) error {
	return infer.ResourceInitFailedError{Reasons: []string{reason}}
}

// Read refreshes the last run that this resource started. On import, it reads the newest update of the stack.
func (r *SyncRun) Read(
	ctx context.Context, req infer.ReadRequest[SyncRunArgs, SyncRunState],
) (infer.ReadResponse[SyncRunArgs, SyncRunState], error) {
	type response = infer.ReadResponse[SyncRunArgs, SyncRunState]
	stack, ok := deployments.ParseStack(req.ID)
	if !ok {
		return response{}, fmt.Errorf("%q is not the ID of a SyncRun: give organization/project/stack", req.ID)
	}
	args, state := req.Inputs, req.State
	imported := state.Stack == ""
	if imported {
		args.Organization, args.Project, args.Stack = stack.Organization, stack.Project, stack.Name
		args.Timeout = defaultRunTimeout
		state = newSyncRunState(args)
		state.Status = noRun
	}
	client, err := r.cloud.client(ctx)
	if err != nil {
		return response{}, err
	}
	exists, _, err := client.Version(ctx, stack)
	if err != nil || !exists {
		return response{}, err // no ID: the stack is gone
	}
	if imported {
		err = readNewest(ctx, client, stack, &state)
	} else {
		err = readRun(ctx, client, stack, &state)
	}
	return response{ID: req.ID, Inputs: args, State: state}, err
}

// readRun refreshes the run of the state.
func readRun(ctx context.Context, client *deployments.Client, stack deployments.Stack, state *SyncRunState) error {
	if state.DeploymentID == "" {
		return nil
	}
	run, err := client.Get(ctx, stack, state.DeploymentID)
	if deployments.IsNotFound(err) {
		return nil // the service no longer stores the run, so keep what the state knows
	}
	if err != nil {
		return err
	}
	if run.Done() && run.Status != state.Status {
		if state.ResourceChanges, err = client.Changes(ctx, stack, run.ID); err != nil {
			return err
		}
	}
	if state.ConsoleURL != "" {
		run.ConsoleURL = state.ConsoleURL
	}
	state.record(run)
	state.Pending = state.Pending && !run.Done()
	return nil
}

func readNewest(ctx context.Context, client *deployments.Client, stack deployments.Stack, state *SyncRunState) error {
	runs, err := client.Newest(ctx, stack)
	if err != nil {
		return err
	}
	for _, run := range runs {
		if run.Operation == deployments.Update {
			state.record(run)
			state.ResourceChanges, err = client.Changes(ctx, stack, run.ID)
			return err
		}
	}
	return nil
}

// WireDependencies makes outputs secret that always are, even if the inputs were not.
func (*SyncRun) WireDependencies(f infer.FieldSelector, _ *SyncRunArgs, state *SyncRunState) {
	f.OutputField(&state.TriggersDigest).AlwaysSecret()
	f.OutputField(&state.Secrets).AlwaysSecret()
}
