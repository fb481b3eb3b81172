package escsync

import (
	"context"
	"fmt"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// environments are the calls to Pulumi Cloud about an environment.
type environments interface {
	Gates(context.Context, deployments.Environment) (deployments.Gates, error)
	Stored(context.Context, deployments.Environment) (deployments.Definition, int, error)
	Propose(context.Context, deployments.Environment, deployments.Definition, string) (string, error)
}

// refusedUpdate returns a function that explains why the service did not accept a definition.
func refusedUpdate(ctx context.Context, preview bool) func(deployments.Environment, string) (int, error) {
	return func(environment deployments.Environment, text string) (int, error) {
		client, err := run.Client(ctx)
		if err != nil {
			return 0, notUpdated(environment, err)
		}
		return settle(ctx, client, environment, text, preview)
	}
}

// settle explains a definition for which the pulumiservice provider reports revision 0. The provider discards the HTTP
// error of an update, so that a refused definition would otherwise look like a pushed one.
//
// If the environment has the definition, because an approved change set it, settle returns its revision. If updates
// need an approval, settle submits the definition as a change request, unless one is open, and returns an error that
// says what to do. At preview it submits nothing and returns 0. In all other cases the error says that the update was
// refused.
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
		// An approved change may have set it already. Without this check, each `pulumi up` would ask for another approval.
		return 0, needsApproval(environment, "and it is unknown whether it has the new one by now: %w. Nothing was "+
			"submitted. Run `pulumi up` with a token that may open the environment", storedErr)
	}
	id, err := cloud.Propose(ctx, environment, deployments.Definition(text),
		"The definition of "+environment.String()+" from the Pulumi program of its sync.")
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

// needsApproval returns the error for an update that waits for an approval.
func needsApproval(environment deployments.Environment, format string, args ...any) error {
	return fmt.Errorf("environment %s keeps its old definition: its updates need an approval, "+format,
		append([]any{environment}, args...)...)
}

// notUpdated returns the error for a refused update. The provider has discarded the reason; err, which may be nil, is
// what else is known.
func notUpdated(environment deployments.Environment, err error) error {
	const format = "environment %s was not updated: Pulumi Cloud refused the new definition. Check that your token may " +
		"write the environment, and run `pulumi up --refresh`: without the refresh, the definition is not sent again"
	if err == nil {
		return fmt.Errorf(format, environment)
	}
	return fmt.Errorf(format+" (%w)", environment, err)
}

// goOn tells the user what to do with an open change request.
func goOn(request string) string {
	return fmt.Sprintf("Have it approved and applied, under Approvals in the console or with `pulumi env change-request "+
		"apply %s`, and run `pulumi up` again: it continues from there", request)
}
