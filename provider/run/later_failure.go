package run

import (
	"context"
	"fmt"
	"time"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// lookBack limits how long Diff searches for a later failure, so that a slow service does not hold up `pulumi up`.
const lookBack = 5 * time.Second

// warnOfLaterFailure warns if a run failed after the one in the state. If it cannot check that, it only logs the error
// at debug level, because Diff works without the answer.
func (r *SyncRun) warnOfLaterFailure(ctx context.Context, stack deployments.Stack, known int) {
	ctx, cancel := context.WithTimeout(ctx, lookBack)
	defer cancel()
	warning := ""
	client, err := r.cloud.client(ctx)
	if err == nil {
		warning, err = r.laterFailure(ctx, client, stack, known)
	}
	switch logger := p.GetLogger(ctx); {
	case err != nil:
		logger.Debugf("could not check whether a later run failed: %v", err)
	case warning != "":
		logger.Warning(warning)
	}
}

// laterFailure returns a warning if the newest finished run that pushes has failed, unless it is older than the known
// one. A schedule, a webhook or a person started that run, so no `pulumi up` reported its end. Without such a run the
// warning is empty.
func (r *SyncRun) laterFailure(
	ctx context.Context, client *deployments.Client, stack deployments.Stack, known int,
) (string, error) {
	runs, err := client.Newest(ctx, stack)
	if err != nil {
		return "", err
	}
	for _, run := range runs {
		// A skipped run says nothing, because a newer one replaced it.
		if !pushes(run) || !run.Done() || run.Status == deployments.StatusSkipped {
			continue
		}
		if run.Status != deployments.StatusFailed || run.Version < known {
			return "", nil
		}
		return failedSince(stack, run, causeOf(ctx, r.hints, client, stack, run)), nil
	}
	return "", nil
}

// failedSince is the warning about a failed run that no `pulumi up` followed.
func failedSince(stack deployments.Stack, run deployments.Run, cause string) string {
	by, at := "", ""
	if run.Initiator != "" {
		by = " by " + run.Initiator
	}
	if run.Started != "" {
		at = " at " + run.Started
	}
	return fmt.Sprintf("the newest run of %s failed, so its changes are missing on the platform: deployment %d (%s), "+
		"started%s%s, %s%s%sFix the cause; the next run, scheduled or manual, tries again",
		stack, run.Version, run.Operation, by, at, failedStep(run), cause, where(run.ConsoleURL))
}
