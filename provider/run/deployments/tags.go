package deployments

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// StackTags reads the tags of a stack, by name. The error satisfies IsNotFound if the stack does not exist.
func (c *Client) StackTags(ctx context.Context, stack Stack) (map[string]string, error) {
	var found apitype.Stack
	if err := c.get(ctx, stack.path(), "", &found); err != nil {
		return nil, fmt.Errorf("reading the tags of stack %s: %w", stack, err)
	}
	tags := map[string]string{}
	maps.Copy(tags, found.Tags)
	return tags, nil
}

// TagStack sets and removes tags of a stack. Other tags stay.
func (c *Client) TagStack(ctx context.Context, stack Stack, set map[string]string, remove []string) error {
	tags, err := c.StackTags(ctx, stack)
	if err != nil {
		return err
	}
	before := maps.Clone(tags)
	for _, name := range remove {
		delete(tags, name)
	}
	maps.Copy(tags, set)
	if maps.Equal(before, tags) {
		return nil
	}
	// The API has only one call for several tags, and it replaces all of them.
	err = c.write(ctx, request{method: http.MethodPatch, path: stack.path("tags"), body: tags})
	if err != nil {
		return fmt.Errorf("tagging stack %s: %w", stack, err)
	}
	return nil
}

func (e Environment) tagPath(parts ...string) string {
	return e.path(append([]string{"tags"}, parts...)...)
}

// environmentTag is the API's form of an environment tag.
type environmentTag struct {
	Name  string `json:"name,omitempty"`
	Value string `json:"value"`
}

// EnvironmentTag reads one tag of an environment. It returns false if the environment does not have it.
func (c *Client) EnvironmentTag(ctx context.Context, of Environment, name string) (string, bool, error) {
	var tag environmentTag
	err := c.get(ctx, of.tagPath(name), "", &tag)
	if IsNotFound(err) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("reading tag %s of environment %s: %w", name, of, err)
	}
	return tag.Value, true, nil
}

// TagEnvironment sets one tag of an environment.
func (c *Client) TagEnvironment(ctx context.Context, of Environment, name, value string) error {
	tag := environmentTag{name, value}
	err := c.write(ctx, request{method: http.MethodPost, path: of.tagPath(), body: tag})
	if isConflict(err) {
		err = c.changeEnvironmentTag(ctx, of, tag)
	}
	if err != nil {
		return fmt.Errorf("tagging environment %s with %s: %w", of, name, err)
	}
	return nil
}

func (c *Client) changeEnvironmentTag(ctx context.Context, of Environment, tag environmentTag) error {
	before, _, err := c.EnvironmentTag(ctx, of, tag.Name)
	if err != nil || before == tag.Value {
		return err
	}
	body := map[string]environmentTag{"currentTag": {Value: before}, "newTag": tag}
	return c.write(ctx, request{method: http.MethodPatch, path: of.tagPath(tag.Name), body: body})
}

// UntagEnvironment removes a tag of an environment. A missing tag is not an error.
func (c *Client) UntagEnvironment(ctx context.Context, of Environment, name string) error {
	err := c.write(ctx, request{method: http.MethodDelete, path: of.tagPath(name)})
	if err != nil && !IsNotFound(err) {
		return fmt.Errorf("removing tag %s of environment %s: %w", name, of, err)
	}
	return nil
}

// write makes an idempotent call, so it may retry.
func (c *Client) write(ctx context.Context, r request) error {
	return c.repeat(ctx, func() error { return c.once(ctx, r, nil) }, IsTransient)
}

func isConflict(err error) bool {
	var f *Failure
	return errors.As(err, &f) && f.Status == http.StatusConflict
}
