package vault

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/vault/api"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// getSecretV2 fails if there is no such secret, like the published provider. A secret whose version is deleted still
// exists, with the data `null` and the time of its deletion.
func (a *account) getSecretV2(ctx context.Context, args property.Map) (property.Map, error) {
	where := v2State{Mount: standin.Text(args, "mount"), Name: standin.Text(args, "name")}
	path := where.path("data")
	query := map[string][]string{}
	if version := args.Get("version"); version.IsNumber() {
		query["version"] = []string{fmt.Sprintf("%d", int64(version.AsNumber()))}
	}
	found, err := a.at(args).Logical().ReadWithDataWithContext(ctx, path, query)
	if err != nil {
		return property.Map{}, fmt.Errorf("error reading secret %q from Vault: %w", path, err)
	}
	if found == nil {
		return property.Map{}, fmt.Errorf("no secret found at %q", path)
	}
	data, _ := found.Data["data"].(map[string]any)
	results, err := dataResults(args, path, data)
	if err != nil {
		return property.Map{}, err
	}
	return withVersionResults(results, found), nil
}

// withVersionResults adds the metadata of the version, and the secret's custom metadata.
func withVersionResults(results property.Map, found *api.Secret) property.Map {
	metadata, _ := found.Data["metadata"].(map[string]any)
	for key, name := range map[string]string{"createdTime": "created_time", "deletionTime": "deletion_time"} {
		text, _ := metadata[name].(string)
		results = results.Set(key, property.New(text))
	}
	destroyed, _ := metadata["destroyed"].(bool)
	custom, _ := metadata["custom_metadata"].(map[string]any)
	results = results.Set("destroyed", property.New(destroyed)).Set("customMetadata", flatData(custom))
	if number, ok := metadata["version"].(json.Number); ok {
		if version, err := number.Float64(); err == nil {
			results = results.Set("version", property.New(version))
		}
	}
	return results
}

// getSecret reads a secret of version 1. It fails if there is none.
func (a *account) getSecret(ctx context.Context, args property.Map) (property.Map, error) {
	path := standin.Text(args, "path")
	found, err := a.at(args).Logical().ReadWithContext(ctx, path)
	if err != nil {
		return property.Map{}, fmt.Errorf("error reading secret %q from Vault: %w", path, err)
	}
	if found == nil {
		return property.Map{}, fmt.Errorf("no secret found at %q", path)
	}
	results, err := dataResults(args, path, found.Data)
	if err != nil {
		return property.Map{}, err
	}
	return results.Set("leaseId", property.New(found.LeaseID)).
		Set("leaseDuration", property.New(float64(found.LeaseDuration))).
		Set("leaseRenewable", property.New(found.Renewable)), nil
}

// dataResults returns the arguments, the path, and the data in both forms.
func dataResults(args property.Map, path string, data map[string]any) (property.Map, error) {
	text, err := json.Marshal(data)
	if err != nil {
		return property.Map{}, fmt.Errorf("writing data_json: %w", err)
	}
	return args.Set("id", property.New(path)).Set("path", property.New(path)).
		Set("data", flatData(data)).Set("dataJson", property.New(string(text))), nil
}
