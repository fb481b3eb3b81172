package run

import (
	"context"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/internal/refusal"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

const (
	// statusPage and statusPages limit the search for the last success to 500 runs, about three weeks of hourly runs.
	statusPage  = 100
	statusPages = 5
)

// GetSyncStatus is the function getSyncStatus. It reports the result of the last sync and what comes next.
type GetSyncStatus struct{ cloud cloud }

// Annotate names and describes the function.
func (g *GetSyncStatus) Annotate(a infer.Annotator) {
	a.SetToken("index", "getSyncStatus")
	a.Describe(&g, "Reports the newest deployment of a target stack, whoever started it: its status, when the last sync "+
		"succeeded, when the next one is due, what is paused, and whether there is drift. It starts nothing and waits for "+
		"nothing. If the stack has no deployments, the properties of one are absent; a stack that does not exist is an "+
		"error.")
}

// GetSyncStatusArgs are the inputs of getSyncStatus.
type GetSyncStatusArgs struct {
	Organization string `pulumi:"organization"`
	Project      string `pulumi:"project"`
	Stack        string `pulumi:"stack"`
	Environment  string `pulumi:"environment,optional"`
}

// Annotate describes the inputs.
func (a *GetSyncStatusArgs) Annotate(an infer.Annotator) {
	an.Describe(&a.Organization, "Organization of the target stack.")
	an.Describe(&a.Project, "Project of the target stack: `escsync-target` for the built-in program.")
	an.Describe(&a.Stack, "Name of the target stack.")
	an.Describe(&a.Environment, "The environment of the sync as `project/name`, which is the sync's output "+
		"`environment`. With it, the status of the webhook is reported as well.")
}

// Invoke reads the status. The error reports an invalid environment or a stack that does not exist.
func (g *GetSyncStatus) Invoke(
	ctx context.Context, req infer.FunctionRequest[GetSyncStatusArgs],
) (infer.FunctionResponse[SyncStatus], error) {
	in := req.Input
	environment, ok := environmentOf(in.Organization, in.Environment)
	if in.Environment != "" && !ok {
		return infer.FunctionResponse[SyncStatus]{}, fmt.Errorf("environment %q must be project/name", in.Environment)
	}
	client, err := g.cloud.client(ctx)
	if err != nil {
		return infer.FunctionResponse[SyncStatus]{}, err
	}
	stack := deployments.Stack{Organization: in.Organization, Project: in.Project, Name: in.Stack}
	status, err := readStatus(ctx, client, stack)
	if err == nil {
		status.lookAhead(ctx, client, stack, environment)
	}
	return infer.FunctionResponse[SyncStatus]{Output: status}, err
}

func readStatus(ctx context.Context, client *deployments.Client, stack deployments.Stack) (SyncStatus, error) {
	newest, err := client.Newest(ctx, stack)
	if deployments.IsNotFound(err) {
		return SyncStatus{}, fmt.Errorf("stack %s does not exist, or the access token may not see it; if an "+
			"EscSync of this program makes it, use its output lastSync, or ask from another program", stack)
	}
	if err != nil || len(newest) == 0 {
		return SyncStatus{}, err
	}
	changes, err := client.Changes(ctx, stack, newest[0].ID)
	if err != nil {
		return SyncStatus{}, err
	}
	status := statusOf(newest[0], changes)
	if newest[0].Status == deployments.StatusFailed {
		// The refusals are optional, so a missing log is not an error.
		if lines, err := client.Log(ctx, stack, newest[0].ID, searchedLines); err == nil {
			status.Refused = refusal.Find(lines)
		}
	}
	return status, status.findSuccess(ctx, client, stack, newest)
}

// findSuccess finds the last successful update, first in runs and then in older ones.
func (s *SyncStatus) findSuccess(
	ctx context.Context, client *deployments.Client, stack deployments.Stack, runs []deployments.Run,
) error {
	for page := 1; ; page++ {
		if slices.ContainsFunc(runs, s.recordSuccess) || page > statusPages || page > 1 && len(runs) < statusPage {
			return nil
		}
		var err error
		if runs, err = client.Page(ctx, stack, page, statusPage); err != nil {
			return err
		}
	}
}
