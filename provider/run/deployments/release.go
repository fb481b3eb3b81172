package deployments

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// releasePolls limits how often Release checks the state after the import, which may run in the background.
const releasePolls = 30

// Release removes all resources from the state of a stack without deleting them. Then the stack can be deleted, and
// another one can adopt the resources.
func (c *Client) Release(ctx context.Context, stack Stack) error {
	var state map[string]json.RawMessage
	if err := c.get(ctx, stack.path("export"), "", &state); err != nil {
		return fmt.Errorf("reading the state of %s: %w", stack, err)
	}
	var deployment map[string]json.RawMessage
	if err := json.Unmarshal(state["deployment"], &deployment); err != nil {
		return fmt.Errorf("reading the state of %s: its format is not the expected one", stack)
	}
	delete(deployment, "pending_operations")
	deployment["resources"] = json.RawMessage("[]")
	body, err := json.Marshal(deployment)
	if err != nil {
		return fmt.Errorf("writing the state of %s: %w", stack, err)
	}
	state["deployment"] = body
	// Importing the same state twice does no harm.
	err = c.repeat(ctx, func() error {
		return c.once(ctx, request{method: http.MethodPost, path: stack.path("import"), body: state}, nil)
	}, IsTransient)
	if err != nil {
		return fmt.Errorf("emptying the state of %s: %w", stack, err)
	}
	for range releasePolls {
		left, err := c.Resources(ctx, stack)
		if err != nil || left == 0 {
			return err
		}
		if err := sleep(ctx, firstPoll); err != nil {
			return err
		}
	}
	return fmt.Errorf("emptying the state of %s: the request was accepted, but the state was not emptied", stack)
}
