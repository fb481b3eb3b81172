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
	// newest is how many runs to list if only the newest matter.
	newest = 25
	// lookups is how often to look for a run that may have been started: after 0, 1, 2 and 4 seconds.
	lookups = 4
)

// Order describes a run to start.
type Order struct {
	Stack     Stack
	Operation Operation
	// Environment contains variables for this run alone. They override those of the saved settings.
	Environment map[string]string
	// Initiator is sent as the initiator of the run. It identifies our run if the response is lost.
	Initiator string
	// Adopt reports whether an unfinished run can replace a new one. It is called with runs of the same operation,
	// newest first. Nil means that none can.
	Adopt func(Run) bool
}

// Start starts a run with the saved settings of the stack, or returns a run that order.Adopt accepted; adopted says
// which. It starts at most one run, even if responses are lost. Cancelling ctx does not interrupt the request that
// starts the run, because the run would be lost. That request ends within callTimeout.
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

// post sends the request. It retries only if the service declined it.
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

// mayHaveStarted reports whether the POST may have started a run although it failed.
func mayHaveStarted(err error) bool {
	var f *Failure
	if !errors.As(err, &f) || !f.Sent || wasDeclined(err) {
		return false
	}
	return f.Status == 0 || f.Status >= 500 || f.Status == http.StatusRequestTimeout
}

// newest lists the newest runs. The service may answer 404 for a stack that has no runs, so newest checks if the stack
// exists.
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

// lookup searches the runs after version last for the run of an order whose response was lost.
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

// initiators are the initiators that a service may show for our run if it does not store the one that was sent: none,
// and those that its clients and its documentation use.
var initiators = []string{"", "api", "automation-api", "cli"}

// ours finds the run of an order: the one with its initiator. If the service did not store the initiator, it is the
// only run that the same user has started through the API since version last.
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
