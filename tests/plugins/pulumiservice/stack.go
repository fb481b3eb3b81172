package pulumiservice

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// stackID names a stack.
type stackID struct {
	organization, project, stack string
}

func (s stackID) String() string {
	return s.organization + "/" + s.project + "/" + s.stack
}

func (s stackID) path(rest ...string) []string {
	return append([]string{"stacks", s.organization, s.project, s.stack}, rest...)
}

// parseStackID reads organization/project/stack.
func parseStackID(id string) (stackID, error) {
	parts := strings.Split(id, "/")
	if len(parts) != 3 {
		return stackID{}, fmt.Errorf("%q is invalid, must be in the format: organization/project/stack", id)
	}
	return stackID{parts[0], parts[1], parts[2]}, nil
}

// stackState is the state of a Stack, which equals its inputs.
type stackState struct {
	OrganizationName string `json:"organizationName"`
	ProjectName      string `json:"projectName"`
	StackName        string `json:"stackName"`
	ForceDestroy     bool   `json:"forceDestroy,omitempty"`
}

func (s stackState) id() stackID {
	return stackID{s.OrganizationName, s.ProjectName, s.StackName}
}

// stack has no update: even a change of forceDestroy replaces it. The new stack is created first and fails with 409,
// because the old one still has the name.
func (c *cloud) stack() standin.Resource {
	return standin.Resource{Create: c.createStack, Read: c.readStack, Delete: c.deleteStack}
}

func (c *cloud) createStack(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state stackState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	body := struct {
		StackName string `json:"stackName"`
	}{state.StackName}
	_, _, err := c.client.do(ctx, call{
		method: http.MethodPost, path: []string{"stacks", state.OrganizationName, state.ProjectName}, json: body,
	}, nil)
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("error creating stack %q: %w", state.id(), err)
	}
	return p.CreateResponse{ID: state.id().String(), Properties: req.Properties}, nil
}

func (c *cloud) readStack(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	id, err := parseStackID(req.ID)
	if err != nil {
		return p.ReadResponse{}, err
	}
	_, _, err = c.client.do(ctx, call{method: http.MethodGet, path: id.path()}, nil)
	if isNotFound(err) {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("failure while checking if stack %q exists: %w", req.ID, err)
	}
	var old stackState
	if err := standin.Decode(req.Inputs, &old); err != nil {
		return p.ReadResponse{}, err
	}
	state, err := standin.Encode(stackState{id.organization, id.project, id.stack, old.ForceDestroy})
	return p.ReadResponse{ID: req.ID, Inputs: state, Properties: state}, err
}

// deleteStack sends forceDestroy, although the API documents force, like the published provider.
func (c *cloud) deleteStack(ctx context.Context, req p.DeleteRequest) error {
	var state stackState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return err
	}
	query := url.Values{}
	if state.ForceDestroy {
		query.Set("forceDestroy", "true")
	}
	_, _, err := c.client.do(ctx, call{method: http.MethodDelete, path: state.id().path(), query: query}, nil)
	if err != nil {
		return fmt.Errorf("failed to delete stack: %w", err)
	}
	return nil
}
