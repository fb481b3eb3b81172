package escsync

import (
	"context"
	"fmt"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// environments is what is asked of the service about an environment.
type environments interface {
	Gates(context.Context, deployments.Environment) (deployments.Gates, error)
	Stored(context.Context, deployments.Environment) (deployments.Definition, int, error)
	Propose(context.Context, deployments.Environment, deployments.Definition, string) (string, error)
}

// refusedUpdate returns what finds out about a refused definition.
func refusedUpdate(ctx context.Context, preview bool) func(deployments.Environment, string) (int, error) {
	return func(environment deployments.Environment, text string) (int, error) {
		client, err := run.Client(ctx)
		if err != nil {
			return 0, notUpdated(environment, err)
		}
		return settle(ctx, client, environment, text, preview)
	}
}

// settle finds out what became of a definition for which the pulumiservice provider reports revision 0: it discards the
// HTTP error of an update, so that a definition that the service refused would look like one that was pushed. Where the
// environment has the definition by now, as an approved change brought it there, its revision is returned. Where
// updates need an approval, the definition is submitted for one, unless a change waits for one already. A preview
// submits nothing, and returns revision 0 for what `pulumi up` will submit.
func settle(
	ctx context.Context, cloud environments, environment deployments.Environment, text string, preview bool,
) (int, error) {
	stored, revision, storedErr := cloud.Stored(ctx, environment)
	if storedErr == nil && definition.Same(string(stored), text) {
		return revision, nil
	}
	gates, err := cloud.Gates(ctx, environment)
	switch {
	case err != nil:
		return 0, notUpdated(environment, err)
	case !gates.Update:
		return 0, notUpdated(environment, storedErr)
	case preview:
		return 0, nil
	case gates.ChangeRequest != "":
		return 0, needsApproval(environment, "and change request %s is open. %s. If it is still a draft, out of date or "+
			"not this sync's, close it: the next `pulumi up` submits the definition again",
			gates.ChangeRequest, goOn(gates.ChangeRequest))
	}
	if storedErr != nil {
		// It may be there already, as an approved change: each `pulumi up` would ask for another approval.
		return 0, needsApproval(environment, "and it is unknown whether it has the new one by now: %w. Nothing was "+
			"submitted. Run `pulumi up` with a token that may open the environment", storedErr)
	}
	id, err := cloud.Propose(ctx, environment, deployments.Definition(text),
		"The definition of "+environment.String()+" as the Pulumi program of its sync has it.")
	switch {
	case err == nil:
		return 0, needsApproval(environment, "so the new one was submitted as change request %s. %s", id, goOn(id))
	case id != "":
		return 0, needsApproval(environment, "and the new one is a draft that nobody can approve: %w. Close change request "+
			"%s in the console, and run `pulumi up` again", err, id)
	default:
		return 0, needsApproval(environment, "and submitting the new one for that failed: %w. Run `pulumi up` again, or "+
			"take the environment out of the ruleset", err)
	}
}

// needsApproval is the failure of an update that a ruleset holds up.
func needsApproval(environment deployments.Environment, format string, args ...any) error {
	return fmt.Errorf("environment %s keeps its old definition: its updates need an approval, "+format,
		append([]any{environment}, args...)...)
}

// notUpdated is the failure of an update for a reason that the provider has discarded; err is what is known beside it.
func notUpdated(environment deployments.Environment, err error) error {
	const format = "environment %s was not updated: Pulumi Cloud refused the new definition. Check that your token may " +
		"write the environment, and run `pulumi up --refresh`: without the refresh nothing is sent again"
	if err == nil {
		return fmt.Errorf(format, environment)
	}
	return fmt.Errorf(format+" (%w)", environment, err)
}

// goOn says what to do with a change request.
func goOn(request string) string {
	return fmt.Sprintf("Have it approved and applied, under Approvals in the console or with `pulumi env change-request "+
		"apply %s`, and run `pulumi up` again: it goes on from there", request)
}
