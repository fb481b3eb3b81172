package run

import (
	"context"
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
)

// Caretaker looks after a target stack: it maintains the stack's tags and role, and empties the stack when it is
// deleted itself. One resource does all this because every resource of a sync slows down every operation.
type Caretaker struct {
	cloud cloud
	hints hints.Table
}

// Annotate names and describes the resource.
func (c *Caretaker) Annotate(a infer.Annotator) {
	a.SetToken("index", "Caretaker")
	a.Describe(&c, "Looks after a target stack. It maintains what the pulumiservice provider cannot: the tags of the "+
		"stack and the environment, and the role of the deployments, which it sets again whenever the settings are "+
		"written. Its deletion empties the stack: it starts a deployment (`destroy`) and waits for it.\n\nLet it depend "+
		"on the stack, its deployment settings and the environment, so that they still exist when it is deleted. Let "+
		"schedules, webhooks and SyncRun depend on it, so that nothing runs after it.\n\nThe target program decides "+
		"whether the pushed secrets are deleted or retained: a retained secret is removed from the state of the stack and "+
		"stays on the platform.\n\nIf the destroy fails, the deletion fails, and everything that the resource depends on "+
		"stays. No deployment is started if the stack does not exist, was never updated, or has no resources. If its "+
		"deployment settings or the environment do not exist, no destroy can work: the deletion ends with a warning that "+
		"names what is left. If a destroy is already running, the deletion waits for that.\n\nIf "+
		"`organization/project/stack` changes, nothing is destroyed: all resources are removed from the state of the old "+
		"stack, whatever the target program would delete, so that the old stack can be deleted and the new one can adopt "+
		"the secrets.\n\nThe import ID is `organization/project/stack`.")
}

// Check reports all invalid inputs at once.
func (c *Caretaker) Check(ctx context.Context, req infer.CheckRequest) (infer.CheckResponse[CaretakerArgs], error) {
	args, failures, err := infer.DefaultCheck[CaretakerArgs](ctx, req.NewInputs)
	if err != nil {
		return infer.CheckResponse[CaretakerArgs]{}, err
	}
	var problems problem.List
	checkStack(&problems, req.NewInputs)
	checkTimeout(&problems, req.NewInputs)
	if environment := req.NewInputs.Get("environment"); environment.IsString() && environment.AsString() != "" {
		if _, ok := environmentOf("", environment.AsString()); !ok {
			problems.Add(problem.At("environment"), "must be project/name")
		}
	}
	return infer.CheckResponse[CaretakerArgs]{Inputs: args, Failures: append(failures, checkFailures(problems)...)}, nil
}

// environmentOf parses text, which is project/name, into an environment of the organization. It returns false if text
// has another form.
func environmentOf(organization, text string) (deployments.Environment, bool) {
	project, name, ok := strings.Cut(text, "/")
	return deployments.Environment{Organization: organization, Project: project, Name: name},
		ok && project != "" && name != "" && !strings.Contains(name, "/")
}

// Create records what to tear down, tags the stack and the environment, and sets the role.
func (c *Caretaker) Create(
	ctx context.Context, req infer.CreateRequest[CaretakerArgs],
) (infer.CreateResponse[CaretakerState], error) {
	state := CaretakerState{CaretakerArgs: req.Inputs}
	response := infer.CreateResponse[CaretakerState]{ID: state.stack().String(), Output: state}
	if req.DryRun {
		return response, nil
	}
	if err := c.putTags(ctx, req.Inputs, CaretakerState{}); err != nil {
		return response, err
	}
	var err error
	response.Output, err = c.chooseRole(ctx, state)
	return response, err
}

// Update does what Create does, for the inputs that changed. If they name another stack, it also empties the state of
// the old one.
func (c *Caretaker) Update(
	ctx context.Context, req infer.UpdateRequest[CaretakerArgs, CaretakerState],
) (infer.UpdateResponse[CaretakerState], error) {
	state := CaretakerState{CaretakerArgs: req.Inputs}
	if role := req.State.role(); state.RoleID == "" && remembers(req.State, req.Inputs) {
		state.RoleID, state.RoleName = role.ID, role.Name
	}
	response := infer.UpdateResponse[CaretakerState]{Output: state}
	if req.DryRun {
		return response, nil
	}
	if req.State.stack() != state.stack() {
		if err := c.releaseStack(ctx, req.State); err != nil {
			return infer.UpdateResponse[CaretakerState]{}, err
		}
	}
	if err := c.putTags(ctx, req.Inputs, req.State); err != nil {
		return infer.UpdateResponse[CaretakerState]{}, err
	}
	var err error
	response.Output, err = c.chooseRole(ctx, state)
	return response, err
}

// releaseStack removes all resources from the state of the target stack and leaves the secrets on the platform.
func (c *Caretaker) releaseStack(ctx context.Context, state CaretakerState) error {
	d, err := c.destruction(ctx, state)
	if err != nil {
		return err
	}
	return d.release(ctx)
}

// destruction returns a destruction of the target stack that the state names.
func (c *Caretaker) destruction(ctx context.Context, state CaretakerState) (destruction, error) {
	client, err := c.cloud.client(ctx)
	return destruction{c.cloud, c.hints, client, state, state.stack(), statusLine{p.GetLogger(ctx)}}, err
}

// Read removes tags from the state that no longer exist. It leaves the role to Diff, which looks it up every time: the
// state has to keep the last chosen role. Pulumi Cloud knows nothing of the other inputs. On import, Read parses the
// stack from the ID.
func (c *Caretaker) Read(
	ctx context.Context, req infer.ReadRequest[CaretakerArgs, CaretakerState],
) (infer.ReadResponse[CaretakerArgs, CaretakerState], error) {
	args, state := req.Inputs, req.State
	if state.Stack == "" {
		stack, ok := deployments.ParseStack(req.ID)
		if !ok {
			return infer.ReadResponse[CaretakerArgs, CaretakerState]{},
				fmt.Errorf("%q is no ID of a Caretaker: give organization/project/stack", req.ID)
		}
		args.Organization, args.Project, args.Stack = stack.Organization, stack.Project, stack.Name
		args.Timeout = defaultTeardownTimeout
		state = CaretakerState{CaretakerArgs: args}
	}
	tags, err := c.liveTags(ctx, state)
	state.Tags, args.Tags = tags, tags // Diff compares with the inputs
	return infer.ReadResponse[CaretakerArgs, CaretakerState]{ID: req.ID, Inputs: args, State: state}, err
}

// Delete empties the stack: by a destroy, or under Retain by removing the resources from its state.
func (c *Caretaker) Delete(
	ctx context.Context, req infer.DeleteRequest[CaretakerState],
) (infer.DeleteResponse, error) {
	d, err := c.destruction(ctx, req.State)
	if err != nil {
		return infer.DeleteResponse{}, err
	}
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

// wayOut is the hint for a sync that cannot be deleted. Under Retain there is no destroy that could fail. The --target
// option matters: a full `pulumi up` would update the environment, which fails if one of its imports is gone, and would
// start a run.
func wayOut(retain bool) string {
	if retain {
		return "Deleting again goes on"
	}
	return "To leave the secrets where they are, declare the sync with the deletionPolicy Retain, run " +
		"`pulumi up --target '**-caretaker'`, and delete again: that needs no deployment and no environment that opens"
}
