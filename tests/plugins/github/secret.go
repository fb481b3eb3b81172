package github

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/google/go-github/v74/github"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"golang.org/x/crypto/nacl/box"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

const codespaces = "codespaces"

// values are the inputs of which exactly one contains the value.
var values = []string{"value", "encryptedValue", "plaintextValue"}

// secretState contains a secret's inputs without its location.
type secretState struct {
	EncryptedValue        string  `json:"encryptedValue"`
	PlaintextValue        string  `json:"plaintextValue"`
	Value                 string  `json:"value"`
	Visibility            string  `json:"visibility"`
	SelectedRepositoryIDs []int64 `json:"selectedRepositoryIds"`
}

// secretBody is the wire form of a secret.
type secretBody struct {
	KeyID                 string  `json:"key_id"`
	EncryptedValue        string  `json:"encrypted_value"`
	Visibility            string  `json:"visibility,omitempty"`
	SelectedRepositoryIDs []int64 `json:"selected_repository_ids,omitempty"`
}

// secret is a secret of Actions or Dependabot, for which every change but that of the location is an update, or of
// Codespaces, which the provider cannot update: every change replaces it.
func (a *account) secret(service string, s scope) standin.Resource {
	resource := standin.Resource{
		Check:               checkSecret,
		DeleteBeforeReplace: s == scopeEnvironment,
		Create: func(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
			where := locationOf(service, s, req.Properties)
			state, err := a.writeSecret(ctx, where, req.Properties)
			return p.CreateResponse{ID: where.id(), Properties: state}, err
		},
		Read: func(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
			where, err := parseID(service, s, req.ID)
			if err != nil {
				return p.ReadResponse{}, err
			}
			return a.readSecret(ctx, where, req)
		},
		Delete: func(ctx context.Context, req p.DeleteRequest) error {
			where, err := parseID(service, s, req.ID)
			if err != nil {
				return err
			}
			return a.deleteSecret(ctx, where)
		},
	}
	if service != codespaces {
		resource.Volatile = []string{"updatedAt", "remoteUpdatedAt"}
		resource.Drifted = drifted
		resource.Update = func(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
			state, err := a.writeSecret(ctx, locationOf(service, s, req.Inputs), req.Inputs)
			return p.UpdateResponse{Properties: state}, err
		}
	}
	return resource
}

// drifted compares the times of a secret to detect an edit elsewhere.
func drifted(state property.Map) string {
	if standin.Text(state, "updatedAt") == standin.Text(state, "remoteUpdatedAt") {
		return ""
	}
	return "updatedAt"
}

var secretNameRule = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func checkSecret(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	var failures []p.CheckFailure
	fail := func(key, reason string) {
		failures = append(failures, p.CheckFailure{Property: key, Reason: reason})
	}
	if name := req.Inputs.Get("secretName"); name.IsString() {
		if !secretNameRule.MatchString(name.AsString()) {
			fail("secretName", "secret names can only contain alphanumeric characters or underscores and must not "+
				"start with a number")
		}
		if strings.HasPrefix(strings.ToUpper(name.AsString()), "GITHUB_") {
			fail("secretName", "secret names must not start with the GITHUB_ prefix")
		}
	}
	given := 0
	for _, key := range values {
		if _, ok := req.Inputs.GetOk(key); ok {
			given++
		}
	}
	if given > 1 {
		fail("encryptedValue", "only one of "+strings.Join(values, ", ")+" can be specified")
	}
	return req.Inputs, failures, nil
}

// do sends one request and decodes the answer into result unless that is nil.
func (a *account) do(ctx context.Context, method, path string, body, result any) error {
	req, err := a.client.NewRequest(method, path, body)
	if err != nil {
		return fmt.Errorf("building the request: %w", err)
	}
	_, err = a.client.Do(ctx, req, result)
	return err
}

func isNotFound(err error) bool {
	var refused *github.ErrorResponse
	return errors.As(err, &refused) && refused.Response.StatusCode == http.StatusNotFound
}

// seal encrypts a value for GitHub's public key.
func seal(value, publicKey string) (string, error) {
	decoded, err := base64.StdEncoding.DecodeString(publicKey)
	if err != nil || len(decoded) != 32 {
		return "", errors.New("reading GitHub's public key: it is not 32 bytes of base64")
	}
	sealed, err := box.SealAnonymous(nil, []byte(value), (*[32]byte)(decoded), rand.Reader)
	if err != nil {
		return "", fmt.Errorf("sealing the value: %w", err)
	}
	return base64.StdEncoding.EncodeToString(sealed), nil
}

// writeSecret writes a secret, whether it exists or not, and returns its state.
func (a *account) writeSecret(ctx context.Context, where location, inputs property.Map) (property.Map, error) {
	var state secretState
	if err := standin.Decode(inputs, &state); err != nil {
		return property.Map{}, err
	}
	path, err := a.secrets(ctx, where)
	if err != nil {
		return property.Map{}, err
	}
	var key github.PublicKey
	if err := a.do(ctx, http.MethodGet, path+"/public-key", nil, &key); err != nil {
		return property.Map{}, fmt.Errorf("reading the public key: %w", err)
	}
	body := secretBody{
		KeyID: key.GetKeyID(), EncryptedValue: state.EncryptedValue,
		Visibility: state.Visibility, SelectedRepositoryIDs: state.SelectedRepositoryIDs,
	}
	if body.EncryptedValue == "" {
		if body.EncryptedValue, err = seal(cmp.Or(state.Value, state.PlaintextValue), key.GetKey()); err != nil {
			return property.Map{}, err
		}
	}
	if err := a.do(ctx, http.MethodPut, path+"/"+where.name, body, nil); err != nil {
		return property.Map{}, fmt.Errorf("writing secret %s: %w", where.name, err)
	}
	found, err := a.find(ctx, path, where.name)
	if err != nil {
		return property.Map{}, err
	}
	return where.state(inputs, found), nil
}

func (a *account) find(ctx context.Context, path, name string) (*github.Secret, error) {
	var found github.Secret
	if err := a.do(ctx, http.MethodGet, path+"/"+name, nil, &found); err != nil {
		return nil, fmt.Errorf("reading secret %s: %w", name, err)
	}
	return &found, nil
}

func withTimes(m property.Map, found *github.Secret) property.Map {
	return m.Set("createdAt", property.New(found.CreatedAt.String())).
		Set("updatedAt", property.New(found.UpdatedAt.String()))
}

// state returns the inputs and the values that GitHub returns about a secret.
func (p location) state(inputs property.Map, found *github.Secret) property.Map {
	state := withTimes(inputs, found)
	if p.service != codespaces {
		state = state.Set("remoteUpdatedAt", state.Get("updatedAt"))
	}
	return state
}

// readSecret drops a secret that does not exist. If somebody else has written it since, readSecret drops it too if the
// provider cannot update it. Otherwise it keeps the time of its own last write, which Drifted compares.
func (a *account) readSecret(ctx context.Context, where location, req p.ReadRequest) (p.ReadResponse, error) {
	path, err := a.secrets(ctx, where)
	if err != nil {
		return p.ReadResponse{}, err
	}
	found, err := a.find(ctx, path, where.name)
	if isNotFound(err) {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, err
	}
	written := standin.Text(req.Properties, "updatedAt")
	if written != "" && written != found.UpdatedAt.String() && where.service == codespaces {
		return p.ReadResponse{}, nil
	}
	inputs := where.inputs()
	for _, key := range slices.Concat(values, []string{"selectedRepositoryIds"}) {
		if value, ok := req.Inputs.GetOk(key); ok {
			inputs = inputs.Set(key, value)
		}
	}
	if where.scope == scopeOrganization {
		inputs = inputs.Set("visibility", property.New(found.Visibility))
	}
	state := where.state(inputs, found)
	if written != "" {
		state = state.Set("updatedAt", property.New(written))
	}
	return p.ReadResponse{ID: where.id(), Inputs: inputs, Properties: state}, nil
}

func (a *account) deleteSecret(ctx context.Context, where location) error {
	path, err := a.secrets(ctx, where)
	if err != nil {
		return err
	}
	if err := a.do(ctx, http.MethodDelete, path+"/"+where.name, nil, nil); err != nil {
		return fmt.Errorf("deleting secret %s: %w", where.name, err)
	}
	return nil
}
