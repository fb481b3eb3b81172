package pulumiservice

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// tagState is the state of an EnvironmentVersionTag, which equals its inputs.
type tagState struct {
	Organization string `json:"organization"`
	Project      string `json:"project"`
	Environment  string `json:"environment"`
	TagName      string `json:"tagName"`
	Revision     int    `json:"revision"`
}

func (s tagState) path(rest ...string) []string {
	return environmentID{s.Organization, s.Project, s.Environment}.path(append([]string{"versions", "tags"}, rest...)...)
}

// tagBody is the wire form of a tag. Name is sent on creation only.
type tagBody struct {
	Name     string `json:"name,omitempty"`
	Revision int    `json:"revision"`
}

func (c *cloud) versionTag() standin.Resource {
	return standin.Resource{Create: c.createTag, Read: c.readTag, Update: c.updateTag, Delete: c.deleteTag}
}

func (c *cloud) createTag(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state tagState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	_, _, err := c.client.do(ctx, call{
		method: http.MethodPost, path: state.path(), json: tagBody{state.TagName, state.Revision}, esc: true,
	}, nil)
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("error creating environment version tag %q: %w", state.TagName, err)
	}
	id := strings.Join([]string{state.Organization, state.Project, state.Environment, state.TagName}, "/")
	return p.CreateResponse{ID: id, Properties: req.Properties}, nil
}

func (c *cloud) updateTag(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	var state tagState
	if err := standin.Decode(req.Inputs, &state); err != nil {
		return p.UpdateResponse{}, err
	}
	_, _, err := c.client.do(ctx, call{
		method: http.MethodPatch, path: state.path(state.TagName), json: tagBody{Revision: state.Revision}, esc: true,
	}, nil)
	if err != nil {
		return p.UpdateResponse{}, fmt.Errorf("error updating environment version tag %q: %w", state.TagName, err)
	}
	return p.UpdateResponse{Properties: req.Inputs}, nil
}

func (c *cloud) readTag(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	parts := strings.Split(req.ID, "/")
	if len(parts) == 3 {
		parts = []string{parts[0], "default", parts[1], parts[2]}
	}
	if len(parts) != 4 {
		return p.ReadResponse{}, fmt.Errorf(
			"%q is invalid, must be in the format: organization/project/environment/tag", req.ID)
	}
	state := tagState{Organization: parts[0], Project: parts[1], Environment: parts[2], TagName: parts[3]}
	_, _, err := c.client.do(ctx, call{method: http.MethodGet, path: state.path(state.TagName), esc: true}, &state)
	if err != nil && strings.Contains(err.Error(), "404") {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("failed to read EnvironmentVersionTag (%q): %w", req.ID, err)
	}
	properties, err := standin.Encode(state)
	return p.ReadResponse{ID: strings.Join(parts, "/"), Inputs: properties, Properties: properties}, err
}

func (c *cloud) deleteTag(ctx context.Context, req p.DeleteRequest) error {
	var state tagState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return err
	}
	_, _, err := c.client.do(ctx, call{method: http.MethodDelete, path: state.path(state.TagName), esc: true}, nil)
	if err != nil {
		return fmt.Errorf("error deleting environment version tag %q: %w", state.TagName, err)
	}
	return nil
}
