package deployments

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// Outputs returns the outputs of all resources of a type in the state of a stack, except those pending deletion. Secret
// outputs are null, because the state encrypts them. It does not retry, so that nobody waits for it. The error
// satisfies IsNotFound if the stack does not exist.
func (c *Client) Outputs(ctx context.Context, stack Stack, resourceType string) ([]property.Map, error) {
	var state struct {
		Deployment struct {
			Resources []struct {
				Type    string          `json:"type"`
				Delete  bool            `json:"delete"`
				Outputs json.RawMessage `json:"outputs"`
			} `json:"resources"`
		} `json:"deployment"`
	}
	err := c.once(ctx, request{method: http.MethodGet, path: stack.path("export")}, &state)
	if err != nil {
		return nil, err
	}
	var all []property.Map
	for _, r := range state.Deployment.Resources {
		if r.Type != resourceType || r.Delete {
			continue
		}
		var outputs map[string]any
		if json.Unmarshal(r.Outputs, &outputs) == nil {
			all = append(all, withoutSecrets(outputs))
		}
	}
	return all, nil
}

func withoutSecrets(outputs map[string]any) property.Map {
	for name, value := range outputs {
		if object, is := value.(map[string]any); is && object[resource.SigKey] != nil {
			outputs[name] = nil
		}
	}
	return resource.FromResourcePropertyMap(resource.NewPropertyMapFromMap(outputs))
}
