package run

import (
	"context"
	"fmt"
	"time"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// lookBack is how long a diff may look for a run that failed since: no `pulumi up` waits for a service that is slow.
const lookBack = 5 * time.Second

// warnOfLaterFailure warns of a run that failed after the one that the state knows. A failure to find out is
// none of the diff's.
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

// laterFailure tells of the newest run that ended and pushes to the platform, if it failed and is not older than the
// one that is known: a schedule, a webhook or a person started it, and no `pulumi up` saw its end. It is empty
// otherwise.
func (r *SyncRun) laterFailure(
	ctx context.Context, client *deployments.Client, stack deployments.Stack, known int,
) (string, error) {
	runs, err := client.Newest(ctx, stack)
	if err != nil {
		return "", err
	}
	for _, run := range runs {
		// One that was skipped says nothing: a newer one took its place.
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

// failedSince is the warning about a run that failed and that no `pulumi up` followed.
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
