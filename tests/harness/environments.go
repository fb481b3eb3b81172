package harness

import (
	"context"
	"fmt"
)

// These functions use the CLI's own commands, like a user.

// CreateEnvironment creates the environment project/name with a definition.
func (h *Harness) CreateEnvironment(ctx context.Context, environment, definition string) error {
	_, err := h.run(ctx, h.root, definition, "env", "init", h.stackOf(environment), "--file", "-")
	return err
}

// UpdateEnvironment replaces the definition of an environment, which creates a new revision.
func (h *Harness) UpdateEnvironment(ctx context.Context, environment, definition string) error {
	_, err := h.run(ctx, h.root, definition, "env", "edit", h.stackOf(environment), "--file", "-")
	return err
}

// TagEnvironment creates a tag at the latest revision of an environment, or moves it there.
func (h *Harness) TagEnvironment(ctx context.Context, environment, tag string) error {
	_, err := h.Pulumi(ctx, h.root, "env", "version", "tag", fmt.Sprintf("%s@%s", h.stackOf(environment), tag))
	return err
}
