package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/vault/api"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// v2State contains the inputs that the operations need.
type v2State struct {
	CAS               *int64            `json:"cas,omitempty"`
	CustomMetadata    *v2Metadata       `json:"customMetadata,omitempty"`
	DataJSON          string            `json:"dataJson"`
	DeleteAllVersions bool              `json:"deleteAllVersions"`
	DisableRead       bool              `json:"disableRead"`
	Mount             string            `json:"mount"`
	Name              string            `json:"name"`
	Options           map[string]string `json:"options"`
}

type v2Metadata struct {
	CASRequired        bool              `json:"casRequired,omitempty"`
	Data               map[string]string `json:"data,omitempty"`
	DeleteVersionAfter int64             `json:"deleteVersionAfter,omitempty"`
	MaxVersions        int64             `json:"maxVersions,omitempty"`
}

// path returns the secret's path below data or metadata. The resource's ID is the path for data.
func (s v2State) path(kind string) string {
	return strings.Trim(s.Mount, "/") + "/" + kind + "/" + s.Name
}

// metadataBody renders custom metadata for Vault.
func (m v2Metadata) body() map[string]any {
	return map[string]any{
		"cas_required": m.CASRequired, "custom_metadata": m.Data,
		"delete_version_after": fmt.Sprintf("%ds", m.DeleteVersionAfter), "max_versions": m.MaxVersions,
	}
}

// writeBody renders a new version for Vault. The input cas overrides options.cas.
func (s v2State) writeBody() (map[string]any, error) {
	data, err := parseData(s.DataJSON)
	if err != nil {
		return nil, err
	}
	body := map[string]any{"data": data}
	options := map[string]any{}
	for key, value := range s.Options {
		options[key] = value
	}
	if s.CAS != nil {
		options["cas"] = *s.CAS
	}
	if len(options) > 0 {
		body["options"] = options
	}
	return body, nil
}

func (a *account) secretV2() standin.Resource {
	return standin.Resource{
		Check: checkV2, Create: a.createV2, Read: a.readV2, Update: a.updateV2, Delete: a.deleteV2,
		Volatile: []string{"data", "metadata"},
	}
}

func checkV2(ctx context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	inputs, failures, err := checkData(ctx, req)
	if _, named := inputs.GetOk("name"); err != nil || named {
		return inputs, failures, err
	}
	name, err := standin.AutoName(req, "name", 255)
	return inputs.Set("name", property.New(name)), failures, err
}

// write creates a new version if the data changed, sets the custom metadata, and returns the state.
func (a *account) write(ctx context.Context, inputs property.Map, newVersion bool) (property.Map, error) {
	var state v2State
	if err := standin.Decode(inputs, &state); err != nil {
		return property.Map{}, err
	}
	client := a.at(inputs).Logical()
	if newVersion {
		body, err := state.writeBody()
		if err != nil {
			return property.Map{}, err
		}
		if _, err := client.WriteWithContext(ctx, state.path("data"), body); err != nil {
			return property.Map{}, fmt.Errorf("error writing secret data to %q: %w", state.path("data"), err)
		}
	}
	if state.CustomMetadata != nil {
		_, err := client.WriteWithContext(ctx, state.path("metadata"), state.CustomMetadata.body())
		if err != nil {
			return property.Map{}, fmt.Errorf("error writing custom metadata to %q: %w", state.path("metadata"), err)
		}
	}
	out := inputs.Set("path", property.New(state.path("data")))
	if state.DisableRead {
		return out.Set("data", property.New(property.Map{})).Set("metadata", property.New(property.Map{})), nil
	}
	found, err := client.ReadWithContext(ctx, state.path("data"))
	if err != nil {
		return property.Map{}, fmt.Errorf("error reading secret data from %q: %w", state.path("data"), err)
	}
	return withVersion(out, found), nil
}

// withVersion adds the outputs that come from Vault.
func withVersion(m property.Map, found *api.Secret) property.Map {
	data, metadata := map[string]any{}, map[string]any{}
	if found != nil {
		data, _ = found.Data["data"].(map[string]any)
		metadata, _ = found.Data["metadata"].(map[string]any)
	}
	return m.Set("data", flatData(data)).Set("metadata", flatData(metadata))
}

func (a *account) createV2(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	state, err := a.write(ctx, req.Properties, true)
	return p.CreateResponse{ID: standin.Text(state, "path"), Properties: state}, err
}

func (a *account) updateV2(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	changed := false
	for _, key := range []string{"dataJson", "cas", "options"} {
		changed = changed || !req.OldInputs.Get(key).WithSecret(false).Equals(req.Inputs.Get(key).WithSecret(false))
	}
	state, err := a.write(ctx, req.Inputs, changed)
	return p.UpdateResponse{Properties: state}, err
}

// readV2 drops a secret that does not exist. One whose newest version is deleted still exists, with the data `null`.
func (a *account) readV2(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	mount, name, ok := strings.Cut(req.ID, "/data/")
	if !ok {
		return p.ReadResponse{}, fmt.Errorf("invalid ID %q, expected <mount>/data/<name>", req.ID)
	}
	var old v2State
	if err := standin.Decode(req.Inputs, &old); err != nil {
		return p.ReadResponse{}, err
	}
	if old.DisableRead {
		return p.ReadResponse{ID: req.ID, Inputs: req.Inputs, Properties: req.Properties}, nil
	}
	client := a.at(req.Inputs).Logical()
	found, err := client.ReadWithContext(ctx, req.ID)
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("error reading %q from Vault: %w", req.ID, err)
	}
	if found == nil {
		return p.ReadResponse{}, nil
	}
	data, _ := found.Data["data"].(map[string]any)
	text, err := dataText(req.Inputs, data)
	if err != nil {
		return p.ReadResponse{}, err
	}
	inputs := req.Inputs.Set("mount", property.New(mount)).Set("name", property.New(name)).
		Set("dataJson", property.New(text))
	if old.CustomMetadata != nil || req.Inputs.Len() == 0 {
		inputs, err = a.withMetadata(ctx, client, inputs, v2State{Mount: mount, Name: name}, old.CustomMetadata)
		if err != nil {
			return p.ReadResponse{}, err
		}
	}
	return p.ReadResponse{
		ID: req.ID, Inputs: inputs, Properties: withVersion(inputs.Set("path", property.New(req.ID)), found),
	}, nil
}

// withMetadata reads the custom metadata. Without any, it does not change the inputs.
func (a *account) withMetadata(
	ctx context.Context, client *api.Logical, inputs property.Map, state v2State, old *v2Metadata,
) (property.Map, error) {
	found, err := client.ReadWithContext(ctx, state.path("metadata"))
	if err != nil {
		return inputs, fmt.Errorf("error reading %q from Vault: %w", state.path("metadata"), err)
	}
	if found == nil {
		return inputs, nil
	}
	metadata := v2Metadata{Data: map[string]string{}}
	if old != nil {
		metadata = *old
		metadata.Data = map[string]string{}
	}
	custom, _ := found.Data["custom_metadata"].(map[string]any)
	for key, value := range custom {
		metadata.Data[key] = fmt.Sprint(value)
	}
	metadata.CASRequired, _ = found.Data["cas_required"].(bool)
	if limit, ok := found.Data["max_versions"].(json.Number); ok {
		metadata.MaxVersions, _ = limit.Int64()
	}
	if old == nil && len(metadata.Data) == 0 && !metadata.CASRequired && metadata.MaxVersions == 0 {
		return inputs, nil
	}
	encoded, err := standin.Encode(metadata)
	return inputs.Set("customMetadata", property.New(encoded)), err
}

// deleteV2 deletes the newest version, or with deleteAllVersions all of them.
func (a *account) deleteV2(ctx context.Context, req p.DeleteRequest) error {
	var state v2State
	if err := standin.Decode(req.Properties, &state); err != nil {
		return err
	}
	path := state.path("data")
	if state.DeleteAllVersions {
		path = state.path("metadata")
	}
	if _, err := a.at(req.Properties).Logical().DeleteWithContext(ctx, path); err != nil {
		return fmt.Errorf("error deleting %q from Vault: %w", path, err)
	}
	return nil
}
