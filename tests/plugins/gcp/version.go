package gcp

import (
	"context"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"strings"

	secretmanager "cloud.google.com/go/secretmanager/apiv1"
	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// versionState contains the inputs of a SecretVersion and of a RegionalSecretVersion.
type versionState struct {
	DeletionPolicy string `json:"deletionPolicy,omitempty"`
	Enabled        *bool  `json:"enabled,omitempty"`
	IsBase64       bool   `json:"isSecretDataBase64,omitempty"`
	Secret         string `json:"secret"`
	SecretData     string `json:"secretData"`
}

func (g *project) version() standin.Resource {
	return standin.Resource{
		Check: checkVersion, Create: g.createVersion, Read: g.readVersion,
		Update: g.updateVersion, Delete: g.deleteVersion,
	}
}

// checkVersion fills in the provider's defaults.
func checkVersion(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	inputs := req.Inputs
	for key, value := range map[string]property.Value{
		"deletionPolicy": property.New("DELETE"), "enabled": property.New(true),
	} {
		if inputs.Get(key).IsNull() {
			inputs = inputs.Set(key, value)
		}
	}
	return inputs, nil, nil
}

// payload returns the bytes of the value. It refuses an empty one, like Secret Manager.
func (s versionState) payload() (*pb.SecretPayload, error) {
	data := []byte(s.SecretData)
	if s.IsBase64 {
		decoded, err := base64.StdEncoding.DecodeString(s.SecretData)
		if err != nil {
			return nil, fmt.Errorf("reading secretData: it is not base64")
		}
		data = decoded
	}
	if len(data) == 0 {
		return nil, status.Error(codes.InvalidArgument, "Secret Payload cannot be empty.")
	}
	if len(data) > 65536 {
		return nil, status.Error(codes.InvalidArgument, "Secret Payload exceeds the maximum of 65536 bytes.")
	}
	sum := int64(crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)))
	return &pb.SecretPayload{Data: data, DataCrc32C: &sum}, nil
}

// at returns a client for the secret of a version, and the secret's full name.
func (g *project) at(ctx context.Context, secret string) (*secretmanager.Client, string, error) {
	if !strings.Contains(secret, "/") {
		secret = "projects/" + g.name + "/secrets/" + secret
	}
	_, location, _, err := parseSecret(secret)
	if err != nil {
		return nil, "", err
	}
	client, err := g.client(ctx, location)
	return client, secret, err
}

func (g *project) createVersion(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state versionState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	payload, err := state.payload()
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("error creating SecretVersion: %w", err)
	}
	client, secret, err := g.at(ctx, state.Secret)
	if err != nil {
		return p.CreateResponse{}, err
	}
	defer client.Close()
	added, err := client.AddSecretVersion(ctx, &pb.AddSecretVersionRequest{Parent: secret, Payload: payload})
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("error creating SecretVersion: %w", err)
	}
	// Like the published provider, set the state of every new version, even if it already has that state.
	if err := enable(ctx, client, added.Name, state.Enabled == nil || *state.Enabled); err != nil {
		return p.CreateResponse{}, err
	}
	return p.CreateResponse{ID: added.Name, Properties: versionOutputs(req.Properties, added)}, nil
}

func versionOutputs(inputs property.Map, version *pb.SecretVersion) property.Map {
	return inputs.Set("name", property.New(version.Name)).
		Set("version", property.New(version.Name[strings.LastIndex(version.Name, "/")+1:])).
		Set("createTime", property.New(stamp(version.CreateTime))).
		Set("destroyTime", property.New(stamp(version.DestroyTime)))
}

func enable(ctx context.Context, client *secretmanager.Client, name string, enabled bool) error {
	var err error
	if enabled {
		_, err = client.EnableSecretVersion(ctx, &pb.EnableSecretVersionRequest{Name: name})
	} else {
		_, err = client.DisableSecretVersion(ctx, &pb.DisableSecretVersionRequest{Name: name})
	}
	if err != nil {
		return fmt.Errorf("error switching SecretVersion %q: %w", name, err)
	}
	return nil
}

// readVersion drops a version that does not exist or is destroyed.
func (g *project) readVersion(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	secret, _, ok := strings.Cut(req.ID, "/versions/")
	if !ok {
		return p.ReadResponse{}, fmt.Errorf("invalid version %q, expected <secret>/versions/<number>", req.ID)
	}
	client, secret, err := g.at(ctx, secret)
	if err != nil {
		return p.ReadResponse{}, err
	}
	defer client.Close()
	found, err := client.GetSecretVersion(ctx, &pb.GetSecretVersionRequest{Name: req.ID})
	if status.Code(err) == codes.NotFound || err == nil && found.State == pb.SecretVersion_DESTROYED {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("error when reading or editing SecretVersion %q: %w", req.ID, err)
	}
	enabled := found.State == pb.SecretVersion_ENABLED
	inputs := req.Inputs.Set("enabled", property.New(enabled))
	if req.Inputs.Len() == 0 {
		inputs = inputs.Set("secret", property.New(secret)).Set("deletionPolicy", property.New("DELETE"))
	}
	if enabled {
		value, err := client.AccessSecretVersion(ctx, &pb.AccessSecretVersionRequest{Name: req.ID})
		if err != nil {
			return p.ReadResponse{}, fmt.Errorf("error reading the value of SecretVersion %q: %w", req.ID, err)
		}
		text := string(value.Payload.Data)
		if flag := req.Inputs.Get("isSecretDataBase64"); flag.IsBool() && flag.AsBool() {
			text = base64.StdEncoding.EncodeToString(value.Payload.Data)
		}
		inputs = inputs.Set("secretData", property.New(text))
	}
	return p.ReadResponse{ID: req.ID, Inputs: inputs, Properties: versionOutputs(inputs, found)}, nil
}

// updateVersion enables or disables the version. Nothing else of a version can change.
func (g *project) updateVersion(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	var old, state versionState
	if err := standin.Decode(req.OldInputs, &old); err != nil {
		return p.UpdateResponse{}, err
	}
	if err := standin.Decode(req.Inputs, &state); err != nil {
		return p.UpdateResponse{}, err
	}
	client, _, err := g.at(ctx, state.Secret)
	if err != nil {
		return p.UpdateResponse{}, err
	}
	defer client.Close()
	if state.Enabled != nil && (old.Enabled == nil || *old.Enabled != *state.Enabled) {
		if err := enable(ctx, client, req.ID, *state.Enabled); err != nil {
			return p.UpdateResponse{}, err
		}
	}
	found, err := client.GetSecretVersion(ctx, &pb.GetSecretVersionRequest{Name: req.ID})
	if err != nil {
		return p.UpdateResponse{}, fmt.Errorf("error reading SecretVersion %q: %w", req.ID, err)
	}
	return p.UpdateResponse{Properties: versionOutputs(req.Inputs, found)}, nil
}

// deleteVersion destroys, disables or keeps the version, according to its deletionPolicy.
func (g *project) deleteVersion(ctx context.Context, req p.DeleteRequest) error {
	var state versionState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return err
	}
	if state.DeletionPolicy == "ABANDON" {
		return nil
	}
	client, _, err := g.at(ctx, state.Secret)
	if err != nil {
		return err
	}
	defer client.Close()
	if state.DeletionPolicy == "DISABLE" {
		return enable(ctx, client, req.ID, false)
	}
	_, err = client.DestroySecretVersion(ctx, &pb.DestroySecretVersionRequest{Name: req.ID})
	if err != nil && status.Code(err) != codes.NotFound {
		return fmt.Errorf("error deleting SecretVersion %q: %w", req.ID, err)
	}
	return nil
}
