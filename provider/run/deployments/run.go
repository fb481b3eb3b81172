package deployments

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pulumi/pulumi/pkg/v3/backend/httpstate/client"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// Operation is what a run does with the stack, such as update.
type Operation = apitype.PulumiOperation

// The operations that this package starts.
const (
	Update  = apitype.Update
	Destroy = apitype.Destroy
)

// The statuses of a run. An accepted run has left the queue but has not begun its steps. The last three are final.
const (
	StatusQueued    = "not-started"
	StatusAccepted  = "accepted"
	StatusRunning   = "running"
	StatusSucceeded = "succeeded"
	StatusFailed    = "failed"
	StatusSkipped   = "skipped"
)

// Run is a deployment as the service returned it at the time of the call.
type Run struct {
	ID string
	// Version numbers the deployments of a stack, starting at 1.
	Version   int
	Status    string
	Operation Operation
	Initiator string
	// RequestedBy is the login of the user who started the run.
	RequestedBy string
	// Started and Finished are RFC 3339 in UTC, and empty until then.
	Started, Finished string
	// ConsoleURL is the page of the run. It is empty if the address of the console is unknown.
	ConsoleURL string
	// Step is the step that failed or is running, empty if there is none.
	Step string
}

// Done reports whether the status is final.
func (r Run) Done() bool {
	switch r.Status {
	case StatusSucceeded, StatusFailed, StatusSkipped:
		return true
	}
	return false
}

// Waiting reports whether the run is in the queue. A pause affects only such a run.
func (r Run) Waiting() bool {
	return r.Status == StatusQueued || r.Status == ""
}

// Get reads a run by its ID.
func (c *Client) Get(ctx context.Context, stack Stack, id string) (Run, error) {
	var found apitype.GetDeploymentResponse
	if err := c.get(ctx, stack.path("deployments", id), "", &found); err != nil {
		return Run{}, fmt.Errorf("reading deployment %s of %s: %w", id, stack, err)
	}
	return c.run(stack, apitype.ListDeploymentSnapshot{
		ID: found.ID, Created: found.Created, Modified: found.Modified, Status: found.Status, Version: found.Version,
		RequestedBy: found.RequestedBy, PulumiOperation: found.PulumiOperation, Jobs: found.Jobs, Initiator: found.Initiator,
	}), nil
}

// Page lists runs, newest first. number starts at 1, and size is 1 to 100. The error satisfies IsNotFound if the stack
// does not exist, and with some services if it never had a run.
func (c *Client) Page(ctx context.Context, stack Stack, number, size int) ([]Run, error) {
	query := url.Values{"page": {strconv.Itoa(number)}, "pageSize": {strconv.Itoa(size)}, "asc": {"false"}}
	var found apitype.ListDeploymentResponseV2
	if err := c.get(ctx, stack.path("deployments"), query.Encode(), &found); err != nil {
		return nil, fmt.Errorf("listing the deployments of %s: %w", stack, err)
	}
	runs := make([]Run, len(found.Deployments))
	for i, d := range found.Deployments {
		runs[i] = c.run(stack, d)
	}
	return runs, nil
}

func (c *Client) run(stack Stack, d apitype.ListDeploymentSnapshot) Run {
	r := Run{
		ID: d.ID, Version: int(d.Version), Status: d.Status, Operation: d.PulumiOperation, Initiator: d.Initiator,
		RequestedBy: d.RequestedBy.GitHubLogin, ConsoleURL: c.consoleURL(stack, int(d.Version)),
	}
	finished := rfc3339(d.Modified)
	for _, job := range d.Jobs {
		if r.Started == "" && !job.Started.IsZero() {
			r.Started = job.Started.UTC().Format(time.RFC3339)
		}
		if !job.LastUpdated.IsZero() {
			finished = job.LastUpdated.UTC().Format(time.RFC3339)
		}
		for _, step := range job.Steps {
			if step.Status == StatusFailed || step.Status == StatusRunning {
				r.Step = step.Name
			}
		}
	}
	if r.Done() {
		r.Finished = finished
	}
	return r
}

// rfc3339 converts a time that the service shows outside of jobs. It returns "" if text is not a time.
func rfc3339(text string) string {
	for _, form := range []string{time.RFC3339, time.DateTime} { // Both accept fractions of a second.
		if at, err := time.Parse(form, text); err == nil {
			return at.UTC().Format(time.RFC3339)
		}
	}
	return ""
}

// consoleURL is the console's page of a run, as the CLI derives it from the API URL.
func (c *Client) consoleURL(stack Stack, version int) string {
	return client.CloudConsoleURL(c.credentials.APIURL,
		stack.Organization, stack.Project, stack.Name, "deployments", strconv.Itoa(version))
}

// Changes counts the resources that a run changed, by operation (create, update, delete, same ...). It is empty if the
// run never reached an update.
func (c *Client) Changes(ctx context.Context, stack Stack, id string) (map[string]int, error) {
	var updates []struct {
		Info struct {
			ResourceChanges map[string]int `json:"resourceChanges"`
		} `json:"info"`
	}
	if err := c.get(ctx, stack.path("deployments", id, "updates"), "", &updates); err != nil {
		return nil, fmt.Errorf("reading what deployment %s of %s changed: %w", id, stack, err)
	}
	total := map[string]int{}
	for _, update := range updates {
		for operation, count := range update.Info.ResourceChanges {
			total[operation] += count
		}
	}
	return total, nil
}

// Log returns the last lines of the log, at most limit. They may contain anything that the program printed.
func (c *Client) Log(ctx context.Context, stack Stack, id string, limit int) ([]string, error) {
	var lines []string
	token := ""
	for range maxLogPages {
		var logs apitype.DeploymentLogs
		query := url.Values{}
		if token != "" {
			query.Set("continuationToken", token)
		}
		if err := c.get(ctx, stack.path("deployments", id, "logs"), query.Encode(), &logs); err != nil {
			return nil, fmt.Errorf("reading the log of deployment %s of %s: %w", id, stack, err)
		}
		for _, line := range logs.Lines {
			if line.Header != "" {
				lines = append(lines, "=== "+line.Header)
				continue
			}
			lines = append(lines, strings.TrimRight(line.Line, "\r\n"))
		}
		lines = lines[max(0, len(lines)-limit):]
		if logs.NextToken == "" || logs.NextToken == token {
			break
		}
		token = logs.NextToken
	}
	return lines, nil
}

// maxLogPages limits how many pages Log reads.
const maxLogPages = 200
