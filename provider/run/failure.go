package run

import (
	"context"
	"fmt"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/refusal"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
)

// searchedLines is how much of a failed run's log is searched for causes: what a failure says stands at the end, and
// there may be one for each secret.
const searchedLines = 1000

// causeOf is why a run failed, in sentences: what the target itself refused, and what the log shows, with what to do.
// It is empty where neither is known, or the log cannot be read: the run's page is named in any case.
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

// failedRun is the message for a run that ended and did not succeed. It is kept in the state, so it holds nothing of
// the log but what the target refused.
func failedRun(stack deployments.Stack, run deployments.Run, cause string) string {
	return fmt.Sprintf("deployment %d (%s) of %s %s%s%sThe next `pulumi up` starts another",
		run.Version, run.Operation, stack, failedStep(run), cause, where(run.ConsoleURL))
}

// failedDestroy is the message for a destroy that ended and did not succeed.
func failedDestroy(stack deployments.Stack, run deployments.Run, cause string) string {
	return fmt.Sprintf("destroying what %s holds: deployment %d %s%s%sFix its cause and delete again",
		stack, run.Version, failedStep(run), cause, where(run.ConsoleURL))
}

// failedStep tells how a run ended.
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

// where points to a run's page, if that is known.
func where(consoleURL string) string {
	if consoleURL == "" {
		return "See the deployments of the stack in the Pulumi Cloud console. "
	}
	return "See " + consoleURL + " . "
}
