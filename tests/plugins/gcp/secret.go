package gcp

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"time"

	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// ownLabel is the label that the provider adds to everything that it creates.
const ownLabel = "goog-pulumi-provisioned"

// secretState contains the inputs of a Secret and of a RegionalSecret.
type secretState struct {
	Annotations        map[string]string `json:"annotations,omitempty"`
	DeletionPolicy     string            `json:"deletionPolicy,omitempty"`
	DeletionProtection *bool             `json:"deletionProtection,omitempty"`
	Encryption         *encryption       `json:"customerManagedEncryption,omitempty"`
	ExpireTime         string            `json:"expireTime,omitempty"`
	Labels             map[string]string `json:"labels,omitempty"`
	Location           string            `json:"location,omitempty"`
	Project            string            `json:"project,omitempty"`
	Replication        *replication      `json:"replication,omitempty"`
	SecretID           string            `json:"secretId,omitempty"`
	Tags               map[string]string `json:"tags,omitempty"`
	TTL                string            `json:"ttl,omitempty"`
	VersionDestroyTTL  string            `json:"versionDestroyTtl,omitempty"`
}

func (g *project) secret() standin.Resource {
	return standin.Resource{
		Check: g.checkSecret, Create: g.createSecret, Read: g.readSecret, Update: g.updateSecret, Delete: g.deleteSecret,
		Volatile: []string{"effectiveAnnotations", "effectiveLabels", "pulumiLabels"},
	}
}

var secretIDRule = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,255}$`)

// checkSecret sets the default project and name, and refuses names that Secret Manager refuses.
func (g *project) checkSecret(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	inputs := req.Inputs
	if inputs.Get("project").IsNull() {
		inputs = inputs.Set("project", property.New(g.name))
	}
	if inputs.Get("secretId").IsNull() {
		name, err := standin.AutoName(req, "secretId", 255)
		return inputs.Set("secretId", property.New(name)), nil, err
	}
	if id := inputs.Get("secretId"); id.IsString() && !secretIDRule.MatchString(id.AsString()) {
		return inputs, []p.CheckFailure{{
			Property: "secretId", Reason: "a secret's id holds 1 to 255 letters, digits, dashes and underscores",
		}}, nil
	}
	return inputs, nil, nil
}

// parent returns the project, or the project and location, of the secret.
func (s secretState) parent() string {
	if s.Location != "" {
		return "projects/" + s.Project + "/locations/" + s.Location
	}
	return "projects/" + s.Project
}

// render converts the inputs to Secret Manager's form.
func (s secretState) render() (*pb.Secret, error) {
	secret := &pb.Secret{
		Name: s.parent() + "/secrets/" + s.SecretID, Annotations: s.Annotations, Tags: s.Tags,
		Labels: s.effectiveLabels(), Replication: s.Replication.render(),
	}
	if s.Encryption != nil {
		secret.CustomerManagedEncryption = s.Encryption.render()
	}
	if s.ExpireTime != "" {
		expires, err := time.Parse(time.RFC3339, s.ExpireTime)
		if err != nil {
			return nil, fmt.Errorf("reading expireTime: %w", err)
		}
		secret.Expiration = &pb.Secret_ExpireTime{ExpireTime: timestamppb.New(expires)}
	}
	if s.TTL != "" {
		ttl, err := time.ParseDuration(s.TTL)
		if err != nil {
			return nil, fmt.Errorf("reading ttl: %w", err)
		}
		secret.Expiration = &pb.Secret_Ttl{Ttl: durationpb.New(ttl)}
	}
	if s.VersionDestroyTTL != "" {
		ttl, err := time.ParseDuration(s.VersionDestroyTTL)
		if err != nil {
			return nil, fmt.Errorf("reading versionDestroyTtl: %w", err)
		}
		secret.VersionDestroyTtl = durationpb.New(ttl)
	}
	return secret, nil
}

func (s secretState) effectiveLabels() map[string]string {
	labels := map[string]string{ownLabel: "true"}
	maps.Copy(labels, s.Labels)
	return labels
}

func (g *project) createSecret(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state secretState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	secret, err := state.render()
	if err != nil {
		return p.CreateResponse{}, err
	}
	client, err := g.client(ctx, state.Location)
	if err != nil {
		return p.CreateResponse{}, err
	}
	defer client.Close()
	id := secret.Name
	secret.Name = ""
	created, err := client.CreateSecret(ctx, &pb.CreateSecretRequest{
		Parent: state.parent(), SecretId: state.SecretID, Secret: secret,
	})
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("error creating Secret: %w", err)
	}
	return p.CreateResponse{ID: id, Properties: outputs(req.Properties, created)}, nil
}

// outputs adds the values that Secret Manager returns to the inputs.
func outputs(inputs property.Map, secret *pb.Secret) property.Map {
	return inputs.Set("name", property.New(secret.Name)).
		Set("createTime", property.New(stamp(secret.CreateTime))).
		Set("effectiveAnnotations", textMap(secret.Annotations)).
		Set("effectiveLabels", textMap(secret.Labels)).
		Set("pulumiLabels", textMap(secret.Labels))
}

func stamp(t *timestamppb.Timestamp) string {
	if t == nil {
		return ""
	}
	return t.AsTime().Format(time.RFC3339Nano)
}

func textMap(m map[string]string) property.Value {
	out := map[string]property.Value{}
	for key, value := range m {
		out[key] = property.New(value)
	}
	return property.New(out)
}

// readSecret detects changed labels and annotations. Whatever the service does not return comes from the old inputs.
func (g *project) readSecret(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	projectID, location, secretID, err := parseSecret(req.ID)
	if err != nil {
		return p.ReadResponse{}, err
	}
	client, err := g.client(ctx, location)
	if err != nil {
		return p.ReadResponse{}, err
	}
	defer client.Close()
	found, err := client.GetSecret(ctx, &pb.GetSecretRequest{Name: req.ID})
	if status.Code(err) == codes.NotFound {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("error when reading or editing Secret %q: %w", req.ID, err)
	}
	inputs := req.Inputs.Delete("labels", "annotations").
		Set("project", property.New(projectID)).Set("secretId", property.New(secretID))
	if location != "" {
		inputs = inputs.Set("location", property.New(location))
	} else if inputs.Get("replication").IsNull() {
		inputs = inputs.Set("replication", replicationOf(found.Replication))
	}
	labels := map[string]string{}
	for key, value := range found.Labels {
		if key != ownLabel {
			labels[key] = value
		}
	}
	if len(labels) > 0 {
		inputs = inputs.Set("labels", textMap(labels))
	}
	if len(found.Annotations) > 0 {
		inputs = inputs.Set("annotations", textMap(found.Annotations))
	}
	return p.ReadResponse{ID: req.ID, Inputs: inputs, Properties: outputs(inputs, found)}, nil
}

func (g *project) updateSecret(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	var state secretState
	if err := standin.Decode(req.Inputs, &state); err != nil {
		return p.UpdateResponse{}, err
	}
	secret, err := state.render()
	if err != nil {
		return p.UpdateResponse{}, err
	}
	client, err := g.client(ctx, state.Location)
	if err != nil {
		return p.UpdateResponse{}, err
	}
	defer client.Close()
	updated, err := client.UpdateSecret(ctx, &pb.UpdateSecretRequest{
		Secret: secret, UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"labels", "annotations"}},
	})
	if err != nil {
		return p.UpdateResponse{}, fmt.Errorf("error updating Secret %q: %w", req.ID, err)
	}
	return p.UpdateResponse{Properties: outputs(req.Inputs, updated)}, nil
}

func (g *project) deleteSecret(ctx context.Context, req p.DeleteRequest) error {
	var state secretState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return err
	}
	if state.DeletionProtection != nil && *state.DeletionProtection {
		return fmt.Errorf("cannot destroy %s without setting deletionProtection=false", req.ID)
	}
	client, err := g.client(ctx, state.Location)
	if err != nil {
		return err
	}
	defer client.Close()
	err = client.DeleteSecret(ctx, &pb.DeleteSecretRequest{Name: req.ID})
	if err != nil && status.Code(err) != codes.NotFound {
		return fmt.Errorf("error deleting Secret %q: %w", req.ID, err)
	}
	return nil
}
