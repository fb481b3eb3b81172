package deployments

import (
	"context"
	"net/http"
	"time"
)

// What is to come of a stack is worth knowing and not worth waiting for: each of these calls is made once, and the
// caller goes on without its answer where the service refuses it, does not know it or fails.

// ask fetches path into answer, and says whether it did.
func (c *Client) ask(ctx context.Context, path string, answer any) bool {
	return c.once(ctx, request{method: http.MethodGet, path: path}, answer) == nil
}

// Pauses tells who has paused the runs of a stack. It is false if that cannot be known.
func (c *Client) Pauses(ctx context.Context, stack Stack) (Pauses, bool) {
	var pauses Pauses
	ok := c.ask(ctx, pausesPath(stack), &pauses)
	return pauses, ok
}

// Drift tells whether the newest search for drift found any. It is false if there was none or that cannot be known.
func (c *Client) Drift(ctx context.Context, stack Stack) (detected, known bool) {
	var drift struct {
		DriftDetected  bool   `json:"driftDetected"`
		LatestDriftRun string `json:"latestDriftRun"`
	}
	known = c.ask(ctx, stack.path("drift", "status"), &drift) && drift.LatestDriftRun != ""
	return drift.DriftDetected, known
}

// Schedule is one that starts updates of a stack.
type Schedule struct {
	Paused bool
	// Next is when it starts one, RFC 3339 in UTC; empty if it never will again.
	Next string
}

// Schedules lists the schedules of a stack that start updates. It is false if they cannot be known.
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

// Webhook is the one of an environment that starts updates of a stack.
type Webhook struct {
	Active bool
	// Delivered is when it last told of a change, RFC 3339 in UTC; empty if it never has or that cannot be known.
	Delivered string
	// Code is the HTTP status that answered; 0 if none did.
	Code int
}

// Webhook finds the webhook of an environment that starts updates of a stack. It is false if there is none or that
// cannot be known.
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
