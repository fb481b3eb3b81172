package azurenative

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// apiVersion is the default of the provider's version 2.
const apiVersion = "2023-02-01"

// secretBody is the wire form of a secret.
type secretBody struct {
	ID         string            `json:"id,omitempty"`
	Name       string            `json:"name,omitempty"`
	Type       string            `json:"type,omitempty"`
	Location   string            `json:"location,omitempty"`
	Tags       map[string]string `json:"tags,omitempty"`
	Properties secretProperties  `json:"properties"`
}

type secretProperties struct {
	Attributes           *secretAttributes `json:"attributes,omitempty"`
	ContentType          string            `json:"contentType,omitempty"`
	Value                string            `json:"value,omitempty"`
	SecretURI            string            `json:"secretUri,omitempty"`
	SecretURIWithVersion string            `json:"secretUriWithVersion,omitempty"`
}

// secretAttributes are seconds since 1970. On the wire they are called exp and nbf.
type secretAttributes struct {
	Enabled   *bool  `json:"enabled,omitempty"`
	Expires   *int64 `json:"exp,omitempty"`
	NotBefore *int64 `json:"nbf,omitempty"`
	Created   *int64 `json:"created,omitempty"`
	Updated   *int64 `json:"updated,omitempty"`
}

func (s *subscription) secretID(m property.Map) string {
	return fmt.Sprintf("/subscriptions/%s/resourceGroups/%s/providers/Microsoft.KeyVault/vaults/%s/secrets/%s",
		s.id, standin.Text(m, "resourceGroupName"), standin.Text(m, "vaultName"), standin.Text(m, "secretName"))
}

func (s *subscription) secret() standin.Resource {
	return standin.Resource{
		Check: checkSecret, Create: s.createSecret, Read: s.readSecret, Delete: s.deleteSecret,
		Volatile: []string{"properties"},
		Update: func(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
			state, err := s.put(ctx, req.ID, req.Inputs)
			return p.UpdateResponse{Properties: state}, err
		},
	}
}

// createSecret refuses a name that exists, because the write itself would create a new version.
func (s *subscription) createSecret(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	id := s.secretID(req.Properties)
	switch _, err := s.call(ctx, http.MethodGet, id, nil); {
	case err == nil:
		return p.CreateResponse{}, fmt.Errorf("cannot create already existing resource '%s'", id)
	case !isNotFound(err):
		return p.CreateResponse{}, fmt.Errorf("checking whether %s exists: %w", id, err)
	}
	state, err := s.put(ctx, id, req.Properties)
	return p.CreateResponse{ID: id, Properties: state}, err
}

// deleteSecret soft-deletes the secret, at the vault's own address.
func (s *subscription) deleteSecret(ctx context.Context, req p.DeleteRequest) error {
	client, err := s.vaults.Client(standin.Text(req.OldInputs, "vaultName"))
	if err != nil {
		return err
	}
	_, err = client.DeleteSecret(ctx, standin.Text(req.OldInputs, "secretName"), nil)
	if err != nil && !isNotFound(err) {
		return fmt.Errorf("deleting secret: %w", err)
	}
	return nil
}

func isNotFound(err error) bool {
	var refused *azcore.ResponseError
	return errors.As(err, &refused) && refused.StatusCode == http.StatusNotFound
}

var secretNameRule = regexp.MustCompile(`^[a-zA-Z0-9-]{1,127}$`)

// checkSecret sets the default name, and refuses names that Key Vault refuses.
func checkSecret(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	inputs := req.Inputs
	name, named := inputs.GetOk("secretName")
	if !named {
		text, err := standin.AutoName(req, "secretName", 127)
		return inputs.Set("secretName", property.New(text)), nil, err
	}
	if name.IsString() && !secretNameRule.MatchString(name.AsString()) {
		return inputs, []p.CheckFailure{{
			Property: "secretName", Reason: "'secretName' does not match expression '^[a-zA-Z0-9-]{1,127}$'",
		}}, nil
	}
	return inputs, nil, nil
}

// call sends one request to Resource Manager.
func (s *subscription) call(ctx context.Context, method, id string, body any) (*secretBody, error) {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("writing the request: %w", err)
		}
		reader = bytes.NewReader(text)
	}
	target := s.endpoint + id + "?" + url.Values{"api-version": {apiVersion}}.Encode()
	req, err := http.NewRequestWithContext(ctx, method, target, reader)
	if err != nil {
		return nil, fmt.Errorf("building the request: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+s.vaults.Token)
	resp, err := s.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("calling Resource Manager: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode > 299 {
		return nil, runtime.NewResponseError(resp)
	}
	var answer secretBody
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("reading Resource Manager's answer: %w", err)
	}
	return &answer, nil
}

func (s *subscription) put(ctx context.Context, id string, inputs property.Map) (property.Map, error) {
	body, err := render(inputs)
	if err != nil {
		return property.Map{}, err
	}
	answer, err := s.call(ctx, http.MethodPut, id, body)
	if err != nil {
		return property.Map{}, fmt.Errorf("writing secret: %w", err)
	}
	return outputs(answer), nil
}

// render converts inputs to the wire form.
func render(inputs property.Map) (secretBody, error) {
	var in struct {
		Tags       map[string]string `json:"tags"`
		Properties struct {
			Attributes *struct {
				Enabled   *bool  `json:"enabled"`
				Expires   *int64 `json:"expires"`
				NotBefore *int64 `json:"notBefore"`
			} `json:"attributes"`
			ContentType string `json:"contentType"`
			Value       string `json:"value"`
		} `json:"properties"`
	}
	if err := standin.Decode(inputs, &in); err != nil {
		return secretBody{}, err
	}
	body := secretBody{Tags: in.Tags, Properties: secretProperties{
		ContentType: in.Properties.ContentType, Value: in.Properties.Value,
	}}
	if a := in.Properties.Attributes; a != nil {
		body.Properties.Attributes = &secretAttributes{Enabled: a.Enabled, Expires: a.Expires, NotBefore: a.NotBefore}
	}
	return body, nil
}

// outputs converts an answer to properties.
func outputs(answer *secretBody) property.Map {
	properties := map[string]property.Value{
		"secretUri":            property.New(answer.Properties.SecretURI),
		"secretUriWithVersion": property.New(answer.Properties.SecretURIWithVersion),
	}
	if answer.Properties.ContentType != "" {
		properties["contentType"] = property.New(answer.Properties.ContentType)
	}
	if a := answer.Properties.Attributes; a != nil {
		attributes := map[string]property.Value{}
		if a.Enabled != nil {
			attributes["enabled"] = property.New(*a.Enabled)
		}
		for key, seconds := range map[string]*int64{
			"expires": a.Expires, "notBefore": a.NotBefore, "created": a.Created, "updated": a.Updated,
		} {
			if seconds != nil {
				attributes[key] = property.New(float64(*seconds))
			}
		}
		properties["attributes"] = property.New(attributes)
	}
	out := property.NewMap(map[string]property.Value{
		"name": property.New(answer.Name), "type": property.New(answer.Type),
		"location": property.New(answer.Location), "properties": property.New(properties),
	})
	if len(answer.Tags) > 0 {
		out = out.Set("tags", tagsOf(answer.Tags))
	}
	return out
}

func tagsOf(tags map[string]string) property.Value {
	out := map[string]property.Value{}
	for key, value := range tags {
		out[key] = property.New(value)
	}
	return property.New(out)
}

// readSecret returns the value and the attributes of the old inputs, because Resource Manager returns no value. It
// detects changed tags and a changed content type.
func (s *subscription) readSecret(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	answer, err := s.call(ctx, http.MethodGet, req.ID, nil)
	if isNotFound(err) {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("reading secret: %w", err)
	}
	parts := strings.Split(req.ID, "/")
	if len(parts) != 11 {
		return p.ReadResponse{}, fmt.Errorf("invalid ID %q of a Key Vault secret", req.ID)
	}
	state := outputs(answer)
	inputs := property.NewMap(map[string]property.Value{
		"resourceGroupName": property.New(parts[4]), "vaultName": property.New(parts[8]),
		"secretName": property.New(parts[10]),
	})
	known := state.Get("properties").AsMap().Delete("secretUri", "secretUriWithVersion", "attributes")
	if old := req.Inputs.Get("properties"); old.IsMap() {
		for _, key := range []string{"value", "attributes"} {
			if value, ok := old.AsMap().GetOk(key); ok {
				known = known.Set(key, value)
			}
		}
	}
	inputs = inputs.Set("properties", property.New(known))
	if tags, ok := state.GetOk("tags"); ok {
		inputs = inputs.Set("tags", tags)
	}
	return p.ReadResponse{ID: req.ID, Inputs: inputs, Properties: state}, nil
}

func (s *subscription) getSecret(ctx context.Context, args property.Map) (property.Map, error) {
	answer, err := s.call(ctx, http.MethodGet, s.secretID(args), nil)
	if err != nil {
		return property.Map{}, fmt.Errorf("reading secret: %w", err)
	}
	return outputs(answer).Set("id", property.New(answer.ID)), nil
}
