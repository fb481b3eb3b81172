package deployments

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

const (
	// newest is how many runs are looked at, where the newest matter.
	newest = 25
	// lookups is how often a run is looked for that may have been started: after 0, 1, 2 and 4 seconds.
	lookups = 4
)

// Order asks for a run.
type Order struct {
	Stack     Stack
	Operation Operation
	// Environment are variables of this run alone, over those of the saved settings.
	Environment map[string]string
	// Initiator is sent as what started the run, and tells our run from others when the answer is lost.
	Initiator string
	// Adopt tells whether a run that is under way already is as good as a new one. It sees the runs of the operation,
	// newest first. Nil: none is.
	Adopt func(Run) bool
}

// Start starts a run with the stack's saved settings, or finds the one to adopt; adopted tells which. It starts one run
// at most, whatever becomes of the answers. An interrupt does not cut the one request that starts it short, so that a
// run is not forgotten; that request ends by itself within callTimeout.
func (c *Client) Start(ctx context.Context, order Order) (run Run, adopted bool, err error) {
	before, err := c.newest(ctx, order.Stack)
	if err != nil {
		return Run{}, false, err
	}
	last := 0
	for _, r := range before {
		last = max(last, r.Version)
	}
	for _, r := range before {
		if !r.Done() && r.Operation == order.Operation && order.Adopt != nil && order.Adopt(r) {
			return r, true, nil
		}
	}
	run, err = c.post(ctx, order)
	if err == nil || !mayHaveStarted(err) {
		return run, false, err
	}
	run, found, lookupErr := c.lookup(context.WithoutCancel(ctx), order, last)
	if found {
		return run, false, nil
	}
	return Run{}, false, fmt.Errorf("%w; it is unknown whether the deployment was started. It is not listed, and no "+
		"other was started. Run `pulumi up` again: it follows the deployment if it is listed by "+
		"then", errors.Join(err, lookupErr))
}

// post sends the request, again only if it was declined.
func (c *Client) post(ctx context.Context, order Order) (Run, error) {
	var answer struct {
		ID         string `json:"id"`
		Version    int    `json:"version"`
		ConsoleURL string `json:"consoleUrl"`
	}
	body := map[string]any{"operation": order.Operation, "inheritSettings": true}
	if len(order.Environment) > 0 {
		body["operationContext"] = map[string]any{"environmentVariables": order.Environment}
	}
	r := request{
		method: http.MethodPost, path: order.Stack.path("deployments"),
		header: http.Header{initiatorHeader: {order.Initiator}}, body: body,
	}
	err := c.repeat(ctx, func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := c.once(context.WithoutCancel(ctx), r, &answer)
		if err == nil && answer.ID == "" {
			return c.failure(r, &Failure{Sent: true, cause: errors.New("the response has no deployment ID")})
		}
		return err
	}, wasDeclined)
	if err != nil {
		return Run{}, fmt.Errorf("starting a deployment (%s) of %s: %w", order.Operation, order.Stack, err)
	}
	run := Run{
		ID: answer.ID, Version: answer.Version, Status: StatusQueued, Operation: order.Operation,
		Initiator: order.Initiator, ConsoleURL: answer.ConsoleURL,
	}
	if run.ConsoleURL == "" {
		run.ConsoleURL = c.consoleURL(order.Stack, answer.Version)
	}
	return run, nil
}

// mayHaveStarted tells whether a POST that failed may have started a run all the same.
func mayHaveStarted(err error) bool {
	var f *Failure
	if !errors.As(err, &f) || !f.Sent || wasDeclined(err) {
		return false
	}
	return f.Status == 0 || f.Status >= 500 || f.Status == http.StatusRequestTimeout
}

// newest lists the newest runs. The list of a stack without any may be a 404.
func (c *Client) newest(ctx context.Context, stack Stack) ([]Run, error) {
	runs, err := c.Page(ctx, stack, 1, newest)
	if !IsNotFound(err) {
		return runs, err
	}
	exists, _, stackErr := c.Version(ctx, stack)
	if stackErr != nil || exists {
		return nil, stackErr
	}
	return nil, err
}

// lookup looks for the run of an order whose answer was lost, among the runs after version last.
func (c *Client) lookup(ctx context.Context, order Order, last int) (Run, bool, error) {
	delay := time.Duration(0)
	for range lookups {
		if err := sleep(ctx, delay); err != nil {
			return Run{}, false, err
		}
		delay = max(firstDelay, 2*delay)
		runs, err := c.newest(ctx, order.Stack)
		if err != nil {
			return Run{}, false, err
		}
		run, found, err := c.ours(ctx, order, last, runs)
		if found || err != nil {
			return run, found, err
		}
	}
	return Run{}, false, nil
}

// initiators are the names that the service may show for a run that was asked for by a request, where it keeps none of
// ours: none, and those that its clients and documentation have.
var initiators = []string{"", "api", "automation-api", "cli"}

// ours picks the run of an order: the one with its initiator; or, where the service keeps no initiator of ours, the
// only one that this user started through the API since.
func (c *Client) ours(ctx context.Context, order Order, last int, runs []Run) (Run, bool, error) {
	var nameless []Run
	for _, r := range runs {
		if r.Version <= last || r.Operation != order.Operation {
			continue
		}
		if r.Initiator == order.Initiator {
			return r, true, nil
		}
		if slices.Contains(initiators, r.Initiator) {
			nameless = append(nameless, r)
		}
	}
	if len(nameless) != 1 {
		return Run{}, false, nil
	}
	var user struct {
		GitHubLogin string `json:"githubLogin"`
	}
	if err := c.get(ctx, apiPath("user"), "", &user); err != nil {
		return Run{}, false, fmt.Errorf("asking who the access token belongs to: %w", err)
	}
	return nameless[0], user.GitHubLogin != "" && nameless[0].RequestedBy == user.GitHubLogin, nil
}
