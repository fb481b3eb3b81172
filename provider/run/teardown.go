package run

import (
	"context"
	"errors"
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
)

// runProgram is the variable by which the CLI runs the program before a destroy, so that the target asks whose the
// secrets are and where the credentials lead. It is not among the saved settings: with it, an update refreshes each
// resource as the program registers it, and what that run lets go of would fall under its own deletion policy.
const runProgram = "PULUMI_RUN_PROGRAM"

// Teardown empties a target stack when it is deleted, and keeps its tags and its role until then.
type Teardown struct {
	cloud cloud
	hints hints.Table
}

// Annotate names and describes the resource.
func (t *Teardown) Annotate(a infer.Annotator) {
	a.SetToken("index", "Teardown")
	a.Describe(&t, "Empties a target stack when it is deleted: its deletion starts a deployment (`destroy`) of the stack "+
		"and awaits it. Until then it keeps what the pulumiservice provider cannot: the tags of stack and environment, "+
		"and what the deployments run as, which is chosen again whenever the settings were written. That is no resource "+
		"of its own, as each costs every sync time.\n\nLet it depend on the stack, its deployment settings and the "+
		"environment, so that they are still there; and let schedules, webhooks and SyncRun depend on it, so that "+
		"nothing runs after it.\n\nWhether the pushed secrets go or stay is the target program's business: what it "+
		"retains leaves the state of the stack and stays on the platform.\n\nA destroy that fails fails the deletion, "+
		"and all that it depends on stays in place. No deployment is started where the stack is gone, was never "+
		"updated, or has no resources. Where its deployment settings or the environment are gone, no destroy can work: "+
		"the deletion ends with a warning that names what is left. A destroy that is under way already is "+
		"followed.\n\nIf `organization/project/stack` changes, nothing is destroyed: the old stack gives up what it "+
		"holds, whatever the target program would delete, so that it can be deleted and the new stack can take the "+
		"secrets over.\n\nImport takes `organization/project/stack`.")
}

// Check collects what is wrong with the inputs.
func (t *Teardown) Check(ctx context.Context, req infer.CheckRequest) (infer.CheckResponse[TeardownArgs], error) {
	args, failures, err := infer.DefaultCheck[TeardownArgs](ctx, req.NewInputs)
	if err != nil {
		return infer.CheckResponse[TeardownArgs]{}, err
	}
	var problems problem.List
	checkStack(&problems, req.NewInputs)
	checkTimeout(&problems, req.NewInputs)
	if environment := req.NewInputs.Get("environment"); environment.IsString() && environment.AsString() != "" {
		if _, ok := environmentOf("", environment.AsString()); !ok {
			problems.Add(problem.At("environment"), "must be project/name")
		}
	}
	return infer.CheckResponse[TeardownArgs]{Inputs: args, Failures: append(failures, checkFailures(problems)...)}, nil
}

// environmentOf is the environment of an organization that a text names as project/name.
func environmentOf(organization, text string) (deployments.Environment, bool) {
	project, name, ok := strings.Cut(text, "/")
	return deployments.Environment{Organization: organization, Project: project, Name: name},
		ok && project != "" && name != "" && !strings.Contains(name, "/")
}

// Create records what to tear down, tags stack and environment, and chooses the role.
func (t *Teardown) Create(
	ctx context.Context, req infer.CreateRequest[TeardownArgs],
) (infer.CreateResponse[TeardownState], error) {
	state := TeardownState{TeardownArgs: req.Inputs}
	response := infer.CreateResponse[TeardownState]{ID: state.stack().String(), Output: state}
	if req.DryRun {
		return response, nil
	}
	if err := t.putTags(ctx, req.Inputs, TeardownState{}); err != nil {
		return response, err
	}
	var err error
	response.Output, err = t.chooseRole(ctx, state)
	return response, err
}

// Update records what to tear down, and does what Create does where that has changed. A stack that is none of its
// business any more gives up what it holds.
func (t *Teardown) Update(
	ctx context.Context, req infer.UpdateRequest[TeardownArgs, TeardownState],
) (infer.UpdateResponse[TeardownState], error) {
	state := TeardownState{TeardownArgs: req.Inputs}
	if role := req.State.role(); state.RoleID == "" && remembers(req.State, req.Inputs) {
		state.RoleID, state.RoleName = role.ID, role.Name
	}
	response := infer.UpdateResponse[TeardownState]{Output: state}
	if req.DryRun {
		return response, nil
	}
	if req.State.stack() != state.stack() {
		if err := t.letGo(ctx, req.State); err != nil {
			return infer.UpdateResponse[TeardownState]{}, err
		}
	}
	if err := t.putTags(ctx, req.Inputs, req.State); err != nil {
		return infer.UpdateResponse[TeardownState]{}, err
	}
	var err error
	response.Output, err = t.chooseRole(ctx, state)
	return response, err
}

// letGo makes the stack of a state give up what it holds.
func (t *Teardown) letGo(ctx context.Context, state TeardownState) error {
	client, err := t.cloud.client(ctx)
	if err != nil {
		return err
	}
	return destruction{t.cloud, t.hints, client, state, state.stack(), statusLine{p.GetLogger(ctx)}}.release(ctx)
}

// Read finds which of the tags are there. The rest is an intention, of which the cloud knows nothing, and the role,
// which Diff looks for each time: what a state remembers of it would be lost. On import it takes the stack from the ID.
func (t *Teardown) Read(
	ctx context.Context, req infer.ReadRequest[TeardownArgs, TeardownState],
) (infer.ReadResponse[TeardownArgs, TeardownState], error) {
	args, state := req.Inputs, req.State
	if state.Stack == "" {
		stack, ok := deployments.ParseStack(req.ID)
		if !ok {
			return infer.ReadResponse[TeardownArgs, TeardownState]{},
				fmt.Errorf("%q is no ID of a Teardown: give organization/project/stack", req.ID)
		}
		args.Organization, args.Project, args.Stack = stack.Organization, stack.Project, stack.Name
		args.Timeout = defaultTeardownTimeout
		state = TeardownState{TeardownArgs: args}
	}
	tags, err := t.liveTags(ctx, state)
	state.Tags, args.Tags = tags, tags // the inputs are what an update is compared with
	return infer.ReadResponse[TeardownArgs, TeardownState]{ID: req.ID, Inputs: args, State: state}, err
}

// Delete destroys what the stack holds.
func (t *Teardown) Delete(
	ctx context.Context, req infer.DeleteRequest[TeardownState],
) (infer.DeleteResponse, error) {
	client, err := t.cloud.client(ctx)
	if err != nil {
		return infer.DeleteResponse{}, err
	}
	d := destruction{t.cloud, t.hints, client, req.State, req.State.stack(), statusLine{p.GetLogger(ctx)}}
	if req.State.Retain {
		err = d.release(ctx)
	} else if needed, failure := d.needed(ctx); failure != nil {
		err = failure
	} else if needed {
		err = d.run(ctx)
	}
	if err != nil {
		return infer.DeleteResponse{}, fmt.Errorf("%w. Nothing that the teardown depends on was deleted. %s", err, wayOut(
			req.State.Retain))
	}
	return infer.DeleteResponse{}, nil
}

// wayOut is how to get rid of a sync whose destroy does not succeed. Under Retain there is no destroy. The target keeps
// `pulumi up` from the environment, which cannot be updated where an import of it is gone, and from starting a run.
func wayOut(retain bool) string {
	if retain {
		return "Deleting again goes on"
	}
	return "To leave the secrets where they are, declare the sync with the deletionPolicy Retain, run " +
		"`pulumi up --target '**-teardown'`, and delete again: that needs no deployment and no environment that opens"
}

// destruction is one deletion of a Teardown.
type destruction struct {
	cloud   cloud
	hints   hints.Table
	client  *deployments.Client
	state   TeardownState
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
	patience, err := d.cloud.patience(d.state.Timeout)
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
	patience, err := d.cloud.patience(d.state.Timeout)
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
		Stack: d.stack, Operation: deployments.Destroy, Initiator: d.client.Mark(d.stack, "teardown"),
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
