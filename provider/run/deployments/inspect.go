package deployments

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// Version reports whether a stack exists and how often it was updated.
func (c *Client) Version(ctx context.Context, stack Stack) (exists bool, version int, err error) {
	var found apitype.Stack
	err = c.get(ctx, stack.path(), "", &found)
	if IsNotFound(err) {
		return false, 0, nil
	}
	if err != nil {
		return false, 0, fmt.Errorf("reading stack %s: %w", stack, err)
	}
	return true, found.Version, nil
}

// Resources counts the resources in the state of a stack.
func (c *Client) Resources(ctx context.Context, stack Stack) (int, error) {
	var state struct {
		Deployment *struct {
			Resources []json.RawMessage `json:"resources"`
		} `json:"deployment"`
	}
	if err := c.get(ctx, stack.path("export"), "", &state); err != nil {
		return 0, fmt.Errorf("reading the state of %s: %w", stack, err)
	}
	if state.Deployment == nil {
		return 0, nil
	}
	return len(state.Deployment.Resources), nil
}

// HasSettings reports whether a stack has deployment settings. Without them no run can start.
func (c *Client) HasSettings(ctx context.Context, stack Stack) (bool, error) {
	err := c.get(ctx, stack.path("deployments", "settings"), "", nil)
	if IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading the deployment settings of %s: %w", stack, err)
	}
	return true, nil
}

// HasEnvironment reports whether an ESC environment exists.
func (c *Client) HasEnvironment(ctx context.Context, environment Environment) (bool, error) {
	err := c.get(ctx, environment.path(), "", nil)
	if IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading environment %s: %w", environment, err)
	}
	return true, nil
}

// Pauses are the pauses that keep the runs of a stack in the queue.
type Pauses struct {
	// Any is true if runs are paused for any reason.
	Any          bool `json:"paused"`
	Stack        bool `json:"stackPaused"`
	Organization bool `json:"organizationPaused"`
}

// Paused reports whether a pause keeps the runs of a stack in the queue.
func (c *Client) Paused(ctx context.Context, stack Stack) (bool, error) {
	var pauses Pauses
	err := c.get(ctx, pausesPath(stack), "", &pauses)
	if IsNotFound(err) { // the service does not know this call
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading whether the deployments of %s are paused: %w", stack, err)
	}
	return pauses.Any || pauses.Stack || pauses.Organization, nil
}

func pausesPath(stack Stack) string { return stack.path("deployments", "metadata") }

// Newest lists the newest runs of a stack, newest first. The list is empty if the stack never had a run. The error
// satisfies IsNotFound if the stack does not exist.
func (c *Client) Newest(ctx context.Context, stack Stack) ([]Run, error) {
	return c.newest(ctx, stack)
}
