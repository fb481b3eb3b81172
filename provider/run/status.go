package run

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

const (
	// statusPage and statusPages bound the search for the last success: 500 runs, some three weeks of hourly ones.
	statusPage  = 100
	statusPages = 5
)

// GetSyncStatus tells how the last sync went.
type GetSyncStatus struct{ cloud cloud }

// Annotate names and describes the function.
func (g *GetSyncStatus) Annotate(a infer.Annotator) {
	a.SetToken("index", "getSyncStatus")
	a.Describe(&g, "Tells how the newest deployment of a target stack went, whoever started it, and when the last sync "+
		"succeeded. It starts nothing and waits for nothing. A stack without deployments has the status `none`; a stack "+
		"that does not exist is an error.")
}

// GetSyncStatusArgs are the inputs of getSyncStatus.
type GetSyncStatusArgs struct {
	Organization string `pulumi:"organization"`
	Project      string `pulumi:"project"`
	Stack        string `pulumi:"stack"`
}

// Annotate describes the inputs.
func (a *GetSyncStatusArgs) Annotate(an infer.Annotator) {
	an.Describe(&a.Organization, "Organization of the target stack.")
	an.Describe(&a.Project, "Project of the target stack: `escsync-target` for the built-in program.")
	an.Describe(&a.Stack, "Name of the target stack.")
}

// SyncStatus is the result of getSyncStatus.
type SyncStatus struct {
	DeploymentID       string         `pulumi:"deploymentId"`
	Version            int            `pulumi:"version"`
	Status             string         `pulumi:"status"`
	Operation          string         `pulumi:"operation"`
	Started            string         `pulumi:"started"`
	Finished           string         `pulumi:"finished"`
	Initiator          string         `pulumi:"initiator"`
	ConsoleURL         string         `pulumi:"consoleUrl"`
	FailedStep         string         `pulumi:"failedStep"`
	ResourceChanges    map[string]int `pulumi:"resourceChanges"`
	LastSuccess        string         `pulumi:"lastSuccess"`
	LastSuccessVersion int            `pulumi:"lastSuccessVersion"`
}

// Annotate describes the results.
func (s *SyncStatus) Annotate(an infer.Annotator) {
	an.Describe(&s.DeploymentID, "ID of the newest deployment; empty if there is none.")
	an.Describe(&s.Version, "Number of the newest deployment in its stack, from 1; 0 if there is none.")
	an.Describe(&s.Status, "`not-started`, `accepted`, `running`, `succeeded`, `failed` (also cancelled), `skipped`, or "+
		"`none` if there is no deployment.")
	an.Describe(&s.Operation, "`update` for a sync, else `preview`, `refresh`, `destroy`, `detect-drift` or "+
		"`remediate-drift`; empty if there is no deployment.")
	an.Describe(&s.Started, "When it began, RFC 3339 in UTC; empty if it has not.")
	an.Describe(&s.Finished, "When it ended, RFC 3339 in UTC; empty if it has not.")
	an.Describe(&s.Initiator, "What started it, as Pulumi Cloud says, such as `webhook` or `schedule`.")
	an.Describe(&s.ConsoleURL, "Its page in the Pulumi Cloud console; empty where the console's address is not known.")
	an.Describe(&s.FailedStep, "The step that failed; empty if none did.")
	an.Describe(&s.ResourceChanges, "How many resources of the target stack it created, updated, deleted, and so on, by "+
		"operation. Empty if it did not come to that.")
	an.Describe(&s.LastSuccess, "When the last sync that succeeded ended, RFC 3339 in UTC; empty if none did among the "+
		"newest 500 deployments.")
	an.Describe(&s.LastSuccessVersion, "Number of that deployment; 0 if there is none.")
}

// Invoke reads the status.
func (g *GetSyncStatus) Invoke(
	ctx context.Context, req infer.FunctionRequest[GetSyncStatusArgs],
) (infer.FunctionResponse[SyncStatus], error) {
	client, err := g.cloud.client(ctx)
	if err != nil {
		return infer.FunctionResponse[SyncStatus]{}, err
	}
	in := req.Input
	stack := deployments.Stack{Organization: in.Organization, Project: in.Project, Name: in.Stack}
	status, err := readStatus(ctx, client, stack)
	return infer.FunctionResponse[SyncStatus]{Output: status}, err
}

func readStatus(ctx context.Context, client *deployments.Client, stack deployments.Stack) (SyncStatus, error) {
	status := SyncStatus{Status: noRun, ResourceChanges: map[string]int{}}
	newest, err := client.Newest(ctx, stack)
	if deployments.IsNotFound(err) {
		return status, fmt.Errorf("stack %s does not exist, or the access token may not see it", stack)
	}
	if err != nil || len(newest) == 0 {
		return status, err
	}
	run := newest[0]
	status.DeploymentID, status.Version, status.Status = run.ID, run.Version, run.Status
	status.Operation, status.Initiator, status.ConsoleURL = string(run.Operation), run.Initiator, run.ConsoleURL
	status.Started, status.Finished = run.Started, run.Finished
	if run.Status == deployments.StatusFailed {
		status.FailedStep = run.Step
	}
	if status.ResourceChanges, err = client.Changes(ctx, stack, run.ID); err != nil {
		return status, err
	}
	return status, status.findSuccess(ctx, client, stack, newest)
}

// findSuccess looks for the last update that succeeded, in the runs at hand and then further back.
func (s *SyncStatus) findSuccess(
	ctx context.Context, client *deployments.Client, stack deployments.Stack, runs []deployments.Run,
) error {
	for page := 1; ; page++ {
		for _, run := range runs {
			if run.Operation == deployments.Update && run.Status == deployments.StatusSucceeded {
				s.LastSuccess, s.LastSuccessVersion = run.Finished, run.Version
				return nil
			}
		}
		if page > statusPages || page > 1 && len(runs) < statusPage {
			return nil
		}
		var err error
		if runs, err = client.Page(ctx, stack, page, statusPage); err != nil {
			return err
		}
	}
}
