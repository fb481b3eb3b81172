package pulumiservice

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// hookState is the state of a Webhook.
type hookState struct {
	hookScope
	Active      bool     `json:"active"`
	DisplayName string   `json:"displayName"`
	PayloadURL  string   `json:"payloadUrl"`
	Secret      *string  `json:"secret,omitempty"`
	Format      *string  `json:"format,omitempty"`
	Filters     []string `json:"filters,omitempty"`
	Groups      []string `json:"groups,omitempty"`
	Name        string   `json:"name,omitempty"`
}

// hookBody is the wire form of a Webhook. Name is sent on update only.
type hookBody struct {
	Organization string   `json:"organizationName"`
	Project      *string  `json:"projectName,omitempty"`
	Stack        *string  `json:"stackName,omitempty"`
	Environment  *string  `json:"envName,omitempty"`
	DisplayName  string   `json:"displayName"`
	PayloadURL   string   `json:"payloadUrl"`
	Secret       *string  `json:"secret,omitempty"`
	Active       bool     `json:"active"`
	Format       *string  `json:"format,omitempty"`
	Filters      []string `json:"filters,omitempty"`
	Groups       []string `json:"groups,omitempty"`
	Name         string   `json:"name,omitempty"`
}

// renderWebhook converts inputs to the body that the published provider sends.
func renderWebhook(state hookState) hookBody {
	return hookBody{
		Organization: state.Organization, Project: state.Project, Stack: state.Stack, Environment: state.Environment,
		DisplayName: state.DisplayName, PayloadURL: state.PayloadURL, Secret: state.Secret, Active: state.Active,
		Format: state.Format, Filters: state.Filters, Groups: state.Groups, Name: state.Name,
	}
}

func (c *cloud) webhook() standin.Resource {
	return standin.Resource{
		Check: checkWebhook, Create: c.createWebhook, Read: c.readWebhook,
		Update: c.updateWebhook, Delete: c.deleteWebhook,
	}
}

// checkWebhook refuses invalid scopes and sets the default groups of the scope. An unknown name counts as given.
func checkWebhook(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	scope := hookScope{
		Project:     given(req.Inputs, "projectName"),
		Stack:       given(req.Inputs, "stackName"),
		Environment: given(req.Inputs, "environmentName"),
	}
	inputs := req.Inputs
	if isEmpty(inputs.Get("filters")) && isEmpty(inputs.Get("groups")) {
		var groups []property.Value
		for _, group := range scope.groups() {
			groups = append(groups, property.New(group))
		}
		inputs = inputs.Set("groups", property.New(groups))
	}
	return inputs, scope.check(), nil
}

func given(m property.Map, key string) *string {
	if _, ok := m.GetOk(key); !ok {
		return nil
	}
	text := standin.Text(m, key)
	return &text
}

func isEmpty(v property.Value) bool {
	return v.IsNull() || v.IsArray() && v.AsArray().Len() == 0
}

func (c *cloud) createWebhook(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state hookState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	switch {
	case state.Organization == "":
		return p.CreateResponse{}, errors.New("orgname must not be empty")
	case state.DisplayName == "":
		return p.CreateResponse{}, errors.New("displayname must not be empty")
	case state.PayloadURL == "":
		return p.CreateResponse{}, errors.New("payloadurl must not be empty")
	}
	var answer hookState
	_, _, err := c.client.do(ctx, call{
		method: http.MethodPost, path: state.path(), json: renderWebhook(state),
	}, &answer)
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("error creating webhook %q: %w", state.DisplayName, err)
	}
	return p.CreateResponse{
		ID:         state.id(answer.Name),
		Properties: req.Properties.Set("name", property.New(answer.Name)),
	}, nil
}

func (c *cloud) updateWebhook(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	var state hookState
	if err := standin.Decode(req.Inputs, &state); err != nil {
		return p.UpdateResponse{}, err
	}
	state.Name = standin.Text(req.State, "name")
	_, _, err := c.client.do(ctx, call{
		method: http.MethodPatch, path: state.path(state.Name), json: renderWebhook(state),
	}, nil)
	if err != nil {
		return p.UpdateResponse{}, fmt.Errorf("error updating webhook %q: %w", state.Name, err)
	}
	return p.UpdateResponse{Properties: req.Inputs.Set("name", property.New(state.Name))}, nil
}

// readWebhook keeps the secret of the state, because the service never returns it.
func (c *cloud) readWebhook(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	scope, name, err := parseHookID(req.ID)
	if err != nil {
		return p.ReadResponse{}, err
	}
	var state hookState
	_, _, err = c.client.do(ctx, call{method: http.MethodGet, path: scope.path(name)}, &state)
	if isNotFound(err) {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("failed to read webhook %q: %w", req.ID, err)
	}
	state.hookScope, state.Secret, state.Name = scope, nil, ""
	inputs, err := standin.Encode(state)
	if err != nil {
		return p.ReadResponse{}, err
	}
	if secret, ok := req.Properties.GetOk("secret"); ok {
		inputs = inputs.Set("secret", secret)
	}
	return p.ReadResponse{ID: req.ID, Inputs: inputs, Properties: inputs.Set("name", property.New(name))}, nil
}

func (c *cloud) deleteWebhook(ctx context.Context, req p.DeleteRequest) error {
	scope, name, err := parseHookID(req.ID)
	if err != nil {
		return err
	}
	_, _, err = c.client.do(ctx, call{method: http.MethodDelete, path: scope.path(name)}, nil)
	if err != nil {
		return fmt.Errorf("failed to delete webhook: %w", err)
	}
	return nil
}
