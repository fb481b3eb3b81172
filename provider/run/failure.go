package run

import (
	"context"
	"fmt"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
)

// searchedLines is how much of a failed run's log is searched for causes: what a failure says stands at the end, and
// there may be one for each secret.
const searchedLines = 1000

// hintsOf are what a failed run's log shows, with what to do. A log that cannot be read shows none: the
// run's page is named in any case.
func hintsOf(
	ctx context.Context, table hints.Table, client *deployments.Client, stack deployments.Stack, run deployments.Run,
) []string {
	if run.Status != deployments.StatusFailed {
		return nil
	}
	lines, err := client.Log(ctx, stack, run.ID, searchedLines)
	if err != nil {
		return nil
	}
	return table.Of(lines)
}

// failedRun is the message for a run that ended and did not succeed. It holds nothing of the log, as it is kept in the
// state.
func failedRun(stack deployments.Stack, run deployments.Run, found []string) string {
	return fmt.Sprintf("deployment %d (%s) of %s %s%s%sThe next `pulumi up` starts another",
		run.Version, run.Operation, stack, failedStep(run), because(found), where(run.ConsoleURL))
}

// failedDestroy is the message for a destroy that ended and did not succeed.
func failedDestroy(stack deployments.Stack, run deployments.Run, found []string) string {
	return fmt.Sprintf("destroying what %s holds: deployment %d %s%s%sMend its cause and delete again",
		stack, run.Version, failedStep(run), because(found), where(run.ConsoleURL))
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

// because tells the causes.
func because(found []string) string {
	if len(found) == 0 {
		return ""
	}
	return "Its log tells that " + strings.Join(found, "; and that ") + ". "
}

// where points to a run's page, if that is known.
func where(consoleURL string) string {
	if consoleURL == "" {
		return "See the deployments of the stack in the Pulumi Cloud console. "
	}
	return "See " + consoleURL + " . "
}
