package pulumiservice

import (
	"context"
	"fmt"
	"io"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// environmentState is the state of an Environment.
type environmentState struct {
	Organization  string `json:"organization"`
	Project       string `json:"project"`
	Name          string `json:"name"`
	YAML          string `json:"yaml"`
	Revision      *int   `json:"revision,omitempty"`
	EnvironmentID string `json:"environmentId,omitempty"`
}

func (s environmentState) id() environmentID {
	return environmentID{s.Organization, s.Project, s.Name}
}

func (c *cloud) environment() standin.Resource {
	return standin.Resource{
		Check: checkEnvironment, Create: c.createEnvironment, Read: c.readEnvironment,
		Update: c.updateEnvironment, Delete: c.deleteEnvironment,
		Replaces: []string{"organization", "project", "name"}, DeleteBeforeReplace: true,
		Volatile: []string{"revision", "environmentId"}, NoDefaults: true,
	}
}

// checkEnvironment turns yaml into a trimmed, secret string. An unknown yaml becomes a secret "", like in the published
// provider: a preview never shows it.
func checkEnvironment(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	inputs := req.Inputs
	var failures []p.CheckFailure
	if _, ok := inputs.GetOk("project"); !ok {
		failures = append(failures, p.CheckFailure{
			Property: "project", Reason: "missing required property 'project'",
		})
	}
	for _, key := range []string{"organization", "project", "name"} {
		if strings.Contains(standin.Text(inputs, key), "/") {
			failures = append(failures, p.CheckFailure{
				Property: key, Reason: fmt.Sprintf("'%s' property contains `/` illegal character", key),
			})
		}
	}
	text, err := textOf(inputs.Get("yaml"))
	if err != nil {
		return property.Map{}, nil, err
	}
	return inputs.Set("yaml", property.New(strings.TrimSpace(text)).WithSecret(true)), failures, nil
}

// textOf returns the text of a string or an asset, or "" for anything else.
func textOf(v property.Value) (string, error) {
	switch {
	case v.IsString():
		return v.AsString(), nil
	case v.IsAsset():
		reader, err := v.AsAsset().Read()
		if err != nil {
			return "", fmt.Errorf("reading the asset of yaml: %w", err)
		}
		defer reader.Close()
		text, err := io.ReadAll(reader)
		if err != nil {
			return "", fmt.Errorf("reading the asset of yaml: %w", err)
		}
		return string(text), nil
	}
	return "", nil
}

func (c *cloud) createEnvironment(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state environmentState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	diagnostics, err := c.client.checkDefinition(ctx, state.Organization, state.YAML)
	if diagnostics != nil {
		return p.CreateResponse{}, fmt.Errorf(
			"failed to check environment, yaml code failed following checks: %+v", diagnostics)
	}
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("failed to check environment due to error: %w", err)
	}
	if err := c.client.createEnvironment(ctx, state.id()); err != nil {
		return p.CreateResponse{}, fmt.Errorf("failed to create new environment due to error: %w", err)
	}
	diagnostics, revision, err := c.client.updateEnvironment(ctx, state.id(), state.YAML)
	if diagnostics != nil {
		return p.CreateResponse{}, fmt.Errorf(
			"failed to update brand new environment with pre-checked yaml, due to failing the following checks: %+v",
			diagnostics)
	}
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("failed to push yaml into environment due to error: %w", err)
	}
	properties, err := c.environmentProperties(ctx, state, revision)
	return p.CreateResponse{
		ID: strings.Join([]string{state.Organization, state.Project, state.Name}, "/"), Properties: properties,
	}, err
}

func (c *cloud) environmentProperties(
	ctx context.Context, state environmentState, revision int,
) (property.Map, error) {
	uuid, err := c.client.environmentUUID(ctx, state.id())
	if err != nil {
		return property.Map{}, fmt.Errorf("failed to resolve environment's id: %w", err)
	}
	state.Revision, state.EnvironmentID = &revision, uuid
	return encodeEnvironment(state)
}

// encodeEnvironment always makes the definition secret.
func encodeEnvironment(state environmentState) (property.Map, error) {
	properties, err := standin.Encode(state)
	if err != nil {
		return property.Map{}, err
	}
	return properties.Set("yaml", property.New(state.YAML).WithSecret(true)), nil
}

// readEnvironment drops the resource on any error, even a refused permission or an outage. It returns the stored
// definition, which contains ciphertext. Both are as in the published provider.
func (c *cloud) readEnvironment(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	state := environmentState{}
	switch parts := strings.Split(req.ID, "/"); len(parts) {
	case 3:
		state.Organization, state.Project, state.Name = parts[0], parts[1], parts[2]
	case 2:
		state.Organization, state.Project, state.Name = parts[0], "default", parts[1]
	default:
		return p.ReadResponse{}, fmt.Errorf("invalid environment id: %s", req.ID)
	}
	text, revision, err := c.client.readEnvironment(ctx, state.id())
	if err != nil {
		return p.ReadResponse{}, nil //nolint:nilerr // the published provider drops the resource
	}
	state.YAML = strings.TrimSpace(text)
	inputs, err := encodeEnvironment(state)
	if err != nil {
		return p.ReadResponse{}, err
	}
	uuid, err := c.client.environmentUUID(ctx, state.id())
	if err != nil {
		uuid = ""
	}
	state.Revision, state.EnvironmentID = &revision, uuid
	properties, err := encodeEnvironment(state)
	return p.ReadResponse{ID: req.ID, Inputs: inputs, Properties: properties}, err
}

// updateEnvironment fails only on ESC's findings. It swallows any other refusal, which shows as revision 0: a flaw of
// the published provider that programs must cope with.
func (c *cloud) updateEnvironment(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	var state environmentState
	if err := standin.Decode(req.Inputs, &state); err != nil {
		return p.UpdateResponse{}, err
	}
	diagnostics, revision, _ := c.client.updateEnvironment(ctx, state.id(), state.YAML)
	if diagnostics != nil {
		return p.UpdateResponse{}, fmt.Errorf(
			"failed to update environment, yaml code failed following checks: %+v", diagnostics)
	}
	properties, err := c.environmentProperties(ctx, state, revision)
	return p.UpdateResponse{Properties: properties}, err
}

func (c *cloud) deleteEnvironment(ctx context.Context, req p.DeleteRequest) error {
	var state environmentState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return err
	}
	return c.client.deleteEnvironment(ctx, state.id())
}
