package pulumiservice

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// scheduleAnswer is what the service returns about a schedule.
type scheduleAnswer struct {
	ID           string  `json:"id"`
	ScheduleOnce *string `json:"scheduleOnce"`
	ScheduleCron *string `json:"scheduleCron"`
	Definition   struct {
		Request scheduledRequest `json:"request"`
	} `json:"definition"`
}

// scheduledRequest is the deployment that a schedule starts.
type scheduledRequest struct {
	Operation        string `json:"operation,omitempty"`
	OperationContext struct {
		Options struct {
			AutoRemediate bool `json:"remediateIfDriftDetected,omitempty"`
		} `json:"options"`
	} `json:"operationContext"`
}

// writeSchedule sends a schedule and returns its ID. Creation and update are both POST requests.
func (c *client) writeSchedule(ctx context.Context, path []string, body any) (string, error) {
	var answer scheduleAnswer
	_, _, err := c.do(ctx, call{method: http.MethodPost, path: path, json: body}, &answer)
	return answer.ID, err
}

// readSchedule reads a schedule of any kind. It returns nil if there is none.
func (c *client) readSchedule(ctx context.Context, stack stackID, id string) (*scheduleAnswer, error) {
	var answer scheduleAnswer
	_, _, err := c.do(ctx, call{method: http.MethodGet, path: stack.path("deployments", "schedules", id)}, &answer)
	if isNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("failed to get stack schedule with scheduleId %s: %w", id, err)
	}
	return &answer, nil
}

// deleteSchedule deletes a schedule of any kind.
func (c *cloud) deleteSchedule(ctx context.Context, req p.DeleteRequest) error {
	path := settingsID(req.Properties).path("deployments", "schedules", standin.Text(req.Properties, "scheduleId"))
	_, _, err := c.client.do(ctx, call{method: http.MethodDelete, path: path}, nil)
	if err != nil {
		return fmt.Errorf("failed to delete schedule: %w", err)
	}
	return nil
}

// scheduleState is the state of a DeploymentSchedule.
type scheduleState struct {
	Organization    string  `json:"organization"`
	Project         string  `json:"project"`
	Stack           string  `json:"stack"`
	ScheduleCron    *string `json:"scheduleCron,omitempty"`
	Timestamp       *string `json:"timestamp,omitempty"`
	PulumiOperation string  `json:"pulumiOperation"`
	ScheduleID      string  `json:"scheduleId,omitempty"`
}

// scheduleBody is the wire form of a DeploymentSchedule.
type scheduleBody struct {
	ScheduleCron *string          `json:"scheduleCron,omitempty"`
	ScheduleOnce *time.Time       `json:"scheduleOnce,omitempty"`
	Request      scheduledRequest `json:"request"`
}

// renderSchedule converts inputs to the body that the published provider sends.
func renderSchedule(state scheduleState) (scheduleBody, error) {
	body := scheduleBody{ScheduleCron: state.ScheduleCron, Request: scheduledRequest{Operation: state.PulumiOperation}}
	if state.Timestamp != nil && *state.Timestamp != "" {
		once, err := time.Parse(time.RFC3339, *state.Timestamp)
		if err != nil {
			return body, fmt.Errorf("invalid timestamp: %w", err)
		}
		body.ScheduleOnce = &once
	}
	return body, nil
}

func (c *cloud) deploymentSchedule() standin.Resource {
	return standin.Resource{
		Check: checkSchedule, Create: c.createSchedule, Read: c.readDeploymentSchedule,
		Update: c.updateSchedule, Delete: c.deleteSchedule,
	}
}

// checkSchedule requires exactly one of scheduleCron and timestamp. Unknown values pass.
func checkSchedule(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	var failures []p.CheckFailure
	cron, once := req.Inputs.Get("scheduleCron"), req.Inputs.Get("timestamp")
	set := func(v property.Value) bool { return v.IsComputed() || v.IsString() && v.AsString() != "" }
	if set(cron) == set(once) {
		failures = append(failures, p.CheckFailure{
			Property: "scheduleCron", Reason: "exactly one of scheduleCron or timestamp must be specified",
		})
	}
	if once.IsString() && once.AsString() != "" {
		if _, err := time.Parse(time.RFC3339, once.AsString()); err != nil {
			failures = append(failures, p.CheckFailure{
				Property: "timestamp", Reason: fmt.Sprintf("timestamp must be in RFC 3339 format: %s", err),
			})
		}
	}
	return req.Inputs, failures, nil
}

// putSchedule creates a schedule, or updates the one with the given ID, and returns its ID.
func (c *cloud) putSchedule(ctx context.Context, inputs property.Map, id ...string) (string, error) {
	var state scheduleState
	if err := standin.Decode(inputs, &state); err != nil {
		return "", err
	}
	body, err := renderSchedule(state)
	if err != nil {
		return "", err
	}
	path := settingsID(inputs).path(append([]string{"deployments", "schedules"}, id...)...)
	written, err := c.client.writeSchedule(ctx, path, body)
	if err != nil {
		return "", fmt.Errorf("failed to write deployment schedule: %w", err)
	}
	return written, nil
}

func (c *cloud) createSchedule(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	id, err := c.putSchedule(ctx, req.Properties)
	return p.CreateResponse{
		ID:         settingsID(req.Properties).String() + "/" + id,
		Properties: req.Properties.Set("scheduleId", property.New(id)),
	}, err
}

func (c *cloud) updateSchedule(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	id, err := c.putSchedule(ctx, req.Inputs, standin.Text(req.State, "scheduleId"))
	return p.UpdateResponse{Properties: req.Inputs.Set("scheduleId", property.New(id))}, err
}

func (c *cloud) readDeploymentSchedule(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	parts := strings.Split(req.ID, "/")
	if len(parts) != 4 {
		return p.ReadResponse{}, fmt.Errorf(
			"%q is invalid, expected organization/project/stack/scheduleId", req.ID)
	}
	stack := stackID{parts[0], parts[1], parts[2]}
	answer, err := c.client.readSchedule(ctx, stack, parts[3])
	if err != nil || answer == nil {
		return p.ReadResponse{}, err
	}
	state := scheduleState{
		Organization: stack.organization, Project: stack.project, Stack: stack.stack,
		ScheduleCron: answer.ScheduleCron, PulumiOperation: answer.Definition.Request.Operation,
	}
	if answer.ScheduleOnce != nil {
		// The service answers in its own format, "2030-01-01 00:00:00".
		once, err := time.Parse(time.DateTime, *answer.ScheduleOnce)
		if err != nil {
			return p.ReadResponse{}, fmt.Errorf("failed to read DeploymentSchedule (%q): %w", req.ID, err)
		}
		timestamp := once.UTC().Format(time.RFC3339)
		state.Timestamp = &timestamp
	}
	inputs, err := standin.Encode(state)
	return p.ReadResponse{
		ID: req.ID, Inputs: inputs, Properties: inputs.Set("scheduleId", property.New(parts[3])),
	}, err
}
