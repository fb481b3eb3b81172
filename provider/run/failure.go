package run

import (
	"context"
	"fmt"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/refusal"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
)

// searchedLines is how many lines at the end of a failed run's log are searched for causes. There may be one error per
// secret.
const searchedLines = 1000

// causeOf returns why a run failed, in sentences: the target's refusals, then the hints for the errors in the log. It
// is empty if there are none or the log cannot be read; the message links to the run's page in any case.
func causeOf(
	ctx context.Context, table hints.Table, client *deployments.Client, stack deployments.Stack, run deployments.Run,
) string {
	if run.Status != deployments.StatusFailed {
		return ""
	}
	lines, err := client.Log(ctx, stack, run.ID, searchedLines)
	if err != nil {
		return ""
	}
	cause := ""
	if refused := refusal.Find(lines); len(refused) > 0 {
		cause = "Cause: " + strings.Join(refused, "; ") + ". "
	}
	if found := table.Of(lines); len(found) > 0 {
		cause += "From its log: " + strings.Join(found, ". From its log: ") + ". "
	}
	return cause
}

// failedRun is the message for a run that did not succeed. The state stores it, so it quotes only the target's refusals
// from the log.
func failedRun(stack deployments.Stack, run deployments.Run, cause string) string {
	return fmt.Sprintf("deployment %d (%s) of %s %s%s%sThe next `pulumi up` starts another",
		run.Version, run.Operation, stack, failedStep(run), cause, where(run.ConsoleURL))
}

// failedDestroy is the message for a destroy that did not succeed.
func failedDestroy(stack deployments.Stack, run deployments.Run, cause string) string {
	return fmt.Sprintf("emptying stack %s: deployment %d %s%s%sFix its cause and delete again",
		stack, run.Version, failedStep(run), cause, where(run.ConsoleURL))
}

// failedStep describes how a run ended.
func failedStep(run deployments.Run) string {
	switch {
	case run.Status == deployments.StatusFailed && run.Step != "":
		return fmt.Sprintf("failed in step %q. ", run.Step)
	case run.Status == deployments.StatusFailed:
		return "failed. "
	default:
		return "was " + run.Status + ". "
	}
}

// where points to the page of a run, or to the console if that is unknown.
func where(consoleURL string) string {
	if consoleURL == "" {
		return "See the deployments of the stack in the Pulumi Cloud console. "
	}
	return "See " + consoleURL + " . "
}
