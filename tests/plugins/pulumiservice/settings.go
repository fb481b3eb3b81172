package pulumiservice

import (
	"context"
	"fmt"
	"net/http"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// deploymentSettings replaces the whole settings on every write. Its state contains the service's answer unchanged,
// without marking anything as secret.
func (c *cloud) deploymentSettings() standin.Resource {
	return standin.Resource{
		Check: checkSettings, Create: c.createSettings, Read: c.readSettings,
		Update: c.updateSettings, Delete: c.deleteSettings,
		DeleteBeforeReplace: true, NoDefaults: true, ExactState: true,
	}
}

// checkSettings formats operationContext.oidc.aws.duration like Go: "1h" becomes "1h0m0s".
func checkSettings(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	path := at("operationContext", "oidc", "aws", "duration")
	root := property.New(req.Inputs)
	value, err := path.Get(root)
	if err != nil || !value.IsString() {
		return req.Inputs, nil, nil //nolint:nilerr // there is no duration
	}
	duration, err := time.ParseDuration(value.AsString())
	if err != nil {
		return req.Inputs, []p.CheckFailure{{
			Property: "operationContext.oidc.aws.duration",
			Reason:   fmt.Sprintf("Failed to normalize duration string due to error: %s", err),
		}}, nil
	}
	root, err = path.Set(root, property.WithGoValue(value, duration.String()))
	if err != nil {
		return req.Inputs, nil, fmt.Errorf("normalizing the duration: %w", err)
	}
	return root.AsMap(), nil, nil
}

func settingsID(m property.Map) stackID {
	return stackID{standin.Text(m, "organization"), standin.Text(m, "project"), standin.Text(m, "stack")}
}

// putSettings writes the settings and returns the state.
func (c *cloud) putSettings(ctx context.Context, inputs property.Map) (property.Map, error) {
	id := settingsID(inputs)
	body, err := renderSettings(inputs)
	if err != nil {
		return property.Map{}, err
	}
	var answer settingsBody
	_, _, err = c.client.do(ctx, call{
		method: http.MethodPut, path: id.path("deployments", "settings"), json: body,
	}, &answer)
	if err != nil {
		return property.Map{}, fmt.Errorf("failed to write deployment settings for stack (%s): %w", id, err)
	}
	return settingsProperties(id, answer, asOutput)
}

func (c *cloud) createSettings(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	state, err := c.putSettings(ctx, req.Properties)
	return p.CreateResponse{ID: settingsID(req.Properties).String(), Properties: state}, err
}

func (c *cloud) updateSettings(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	state, err := c.putSettings(ctx, req.Inputs)
	return p.UpdateResponse{Properties: state}, err
}

func (c *cloud) readSettings(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	id, err := parseStackID(req.ID)
	if err != nil {
		return p.ReadResponse{}, err
	}
	var answer settingsBody
	_, _, err = c.client.do(ctx, call{method: http.MethodGet, path: id.path("deployments", "settings")}, &answer)
	if isNotFound(err) {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("failed to get deployment settings for stack (%s): %w", id, err)
	}
	form := secretForm(asImport)
	if standin.Text(req.Properties, "stack") != "" {
		form = asRefresh(req.Inputs, req.Properties)
	}
	inputs, err := settingsProperties(id, answer, form)
	if err != nil {
		return p.ReadResponse{}, err
	}
	state, err := settingsProperties(id, answer, asOutput)
	return p.ReadResponse{ID: req.ID, Inputs: inputs, Properties: state}, err
}

func (c *cloud) deleteSettings(ctx context.Context, req p.DeleteRequest) error {
	id, err := parseStackID(req.ID)
	if err != nil {
		return err
	}
	_, _, err = c.client.do(ctx, call{method: http.MethodDelete, path: id.path("deployments", "settings")}, nil)
	if err != nil {
		return fmt.Errorf("failed to delete deployment settings for stack (%s): %w", id, err)
	}
	return nil
}
