package deployments

import (
	"context"
	"net/http"
	"time"
)

// The calls in this file are worth a try but not a wait. Each is made once, and the caller goes on without the answer
// if the call is refused, unknown to the service, or fails.

// ask fetches path into answer and reports whether that succeeded.
func (c *Client) ask(ctx context.Context, path string, answer any) bool {
	return c.once(ctx, request{method: http.MethodGet, path: path}, answer) == nil
}

// Pauses returns who paused the runs of a stack. It returns false if the service does not answer.
func (c *Client) Pauses(ctx context.Context, stack Stack) (Pauses, bool) {
	var pauses Pauses
	ok := c.ask(ctx, pausesPath(stack), &pauses)
	return pauses, ok
}

// Drift reports whether the newest drift detection found any drift. known is false if there was none or the service
// does not answer.
func (c *Client) Drift(ctx context.Context, stack Stack) (detected, known bool) {
	var drift struct {
		DriftDetected  bool   `json:"driftDetected"`
		LatestDriftRun string `json:"latestDriftRun"`
	}
	known = c.ask(ctx, stack.path("drift", "status"), &drift) && drift.LatestDriftRun != ""
	return drift.DriftDetected, known
}

// Schedule is a schedule that starts updates of a stack.
type Schedule struct {
	Paused bool
	// Next is the time of the next update, RFC 3339 in UTC. It is empty if there will be none.
	Next string
}

// Schedules lists the schedules that start updates of a stack. It returns false if the service does not answer.
func (c *Client) Schedules(ctx context.Context, stack Stack) ([]Schedule, bool) {
	var found struct {
		Schedules []struct {
			Paused        bool   `json:"paused"`
			NextExecution string `json:"nextExecution"`
			Definition    struct {
				Request struct {
					Operation Operation `json:"operation"`
				} `json:"request"`
			} `json:"definition"`
		} `json:"schedules"`
	}
	if !c.ask(ctx, stack.path("deployments", "schedules"), &found) {
		return nil, false
	}
	var schedules []Schedule
	for _, s := range found.Schedules {
		if s.Definition.Request.Operation == Update {
			schedules = append(schedules, Schedule{s.Paused, rfc3339(s.NextExecution)})
		}
	}
	return schedules, true
}

// Webhook is a webhook of an environment that starts updates of a stack.
type Webhook struct {
	Active bool
	// Delivered is the time of the last delivery, RFC 3339 in UTC. It is empty if there was none or it is unknown.
	Delivered string
	// Code is the HTTP status of the last delivery, 0 if there was no response.
	Code int
}

// Webhook finds the webhook of an environment that starts updates of a stack. It returns false if there is none or the
// service does not answer.
func (c *Client) Webhook(ctx context.Context, stack Stack, environment Environment) (Webhook, bool) {
	var hooks []struct {
		Name       string `json:"name"`
		Active     bool   `json:"active"`
		Format     string `json:"format"`
		PayloadURL string `json:"payloadUrl"`
	}
	if !c.ask(ctx, environment.path("hooks"), &hooks) {
		return Webhook{}, false
	}
	for _, hook := range hooks {
		if hook.Format != "pulumi_deployments" || hook.PayloadURL != stack.Project+"/"+stack.Name {
			continue
		}
		found := Webhook{Active: hook.Active}
		var deliveries []struct {
			Timestamp    int64 `json:"timestamp"`
			ResponseCode int   `json:"responseCode"`
		}
		c.ask(ctx, environment.path("hooks", hook.Name, "deliveries"), &deliveries)
		last := int64(0)
		for _, d := range deliveries {
			if d.Timestamp > last {
				last, found.Code = d.Timestamp, d.ResponseCode
				found.Delivered = time.Unix(last, 0).UTC().Format(time.RFC3339)
			}
		}
		return found, true
	}
	return Webhook{}, false
}
