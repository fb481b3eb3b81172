package aws

import (
	"context"
	"fmt"
	"strings"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// secretState is the state of a Secret.
type secretState struct {
	ARN            string            `json:"arn,omitempty"`
	Description    string            `json:"description,omitempty"`
	ForceOverwrite bool              `json:"forceOverwriteReplicaSecret"`
	KMSKeyID       string            `json:"kmsKeyId,omitempty"`
	Name           string            `json:"name,omitempty"`
	NamePrefix     string            `json:"namePrefix,omitempty"`
	Policy         string            `json:"policy,omitempty"`
	RecoveryWindow int64             `json:"recoveryWindowInDays"`
	Replicas       []secretReplica   `json:"replicas,omitempty"`
	Tags           map[string]string `json:"tags,omitempty"`
	TagsAll        map[string]string `json:"tagsAll,omitempty"`
}

// secretReplica is a replica. Its status is an output.
type secretReplica struct {
	KMSKeyID      string `json:"kmsKeyId,omitempty"`
	Region        string `json:"region"`
	Status        string `json:"status,omitempty"`
	StatusMessage string `json:"statusMessage,omitempty"`
}

func (a *account) secret() standin.Resource {
	return standin.Resource{
		Check: checkSecret, Create: a.createSecret, Read: a.readSecret,
		Update: a.updateSecret, Delete: a.deleteSecret, Volatile: []string{"tagsAll", "policy"},
	}
}

// checkSecret sets the default name and the provider's other defaults, and applies its rules.
func checkSecret(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	inputs := req.Inputs
	var failures []p.CheckFailure
	fail := func(key, reason string) {
		failures = append(failures, p.CheckFailure{Property: key, Reason: reason})
	}
	_, named := inputs.GetOk("name")
	_, prefixed := inputs.GetOk("namePrefix")
	if named && prefixed {
		fail("name", `"name": conflicts with namePrefix`)
	}
	for _, key := range []string{"name", "namePrefix"} {
		if v := inputs.Get(key); v.IsString() && secretNameProblem(v.AsString()) != "" {
			fail(key, secretNameProblem(v.AsString()))
		}
	}
	if !named && !prefixed {
		name, err := standin.AutoName(req, "name", 512)
		if err != nil {
			return inputs, nil, err
		}
		inputs = inputs.Set("name", property.New(name))
	}
	for key, value := range map[string]property.Value{
		"forceOverwriteReplicaSecret": property.New(false), "recoveryWindowInDays": property.New(30.0),
	} {
		if _, set := inputs.GetOk(key); !set {
			inputs = inputs.Set(key, value)
		}
	}
	if days := inputs.Get("recoveryWindowInDays"); days.IsNumber() {
		if d := days.AsNumber(); d != 0 && (d < 7 || d > 30) {
			fail("recoveryWindowInDays", "expected recoveryWindowInDays to be 0 or in the range (7 - 30)")
		}
	}
	return inputs, failures, nil
}

func (a *account) createSecret(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state secretState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	if state.NamePrefix != "" {
		stamp := strings.Replace(time.Now().UTC().Format("20060102150405.0000"), ".", "", 1)
		state.Name = state.NamePrefix + stamp + "00000001"
	}
	created, err := a.secrets.CreateSecret(ctx, &secretsmanager.CreateSecretInput{
		Name: &state.Name, Description: optional(state.Description), KmsKeyId: optional(state.KMSKeyID),
		ForceOverwriteReplicaSecret: state.ForceOverwrite, AddReplicaRegions: replicaRegions(state.Replicas),
		Tags: secretTags(state.Tags),
	})
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("creating Secrets Manager Secret (%s): %w", state.Name, err)
	}
	state.ARN = sdk.ToString(created.ARN)
	if state.Policy != "" {
		if err := a.putPolicy(ctx, state.ARN, state.Policy); err != nil {
			return p.CreateResponse{}, err
		}
	}
	properties, err := a.secretProperties(ctx, state)
	return p.CreateResponse{ID: state.ARN, Properties: properties}, err
}

func (a *account) putPolicy(ctx context.Context, id, policy string) error {
	_, err := a.secrets.PutResourcePolicy(ctx, &secretsmanager.PutResourcePolicyInput{
		SecretId: &id, ResourcePolicy: &policy,
	})
	if err != nil {
		return fmt.Errorf("putting Secrets Manager Secret (%s) policy: %w", id, err)
	}
	return nil
}

// secretProperties adds the values that AWS returns about the secret to the written state.
func (a *account) secretProperties(ctx context.Context, state secretState) (property.Map, error) {
	if state.Policy == "" {
		policy, err := a.secrets.GetResourcePolicy(ctx, &secretsmanager.GetResourcePolicyInput{SecretId: &state.ARN})
		if err != nil {
			return property.Map{}, fmt.Errorf("reading Secrets Manager Secret (%s) policy: %w", state.ARN, err)
		}
		state.Policy = sdk.ToString(policy.ResourcePolicy)
	}
	if len(state.Replicas) > 0 {
		found, err := a.secrets.DescribeSecret(ctx, &secretsmanager.DescribeSecretInput{SecretId: &state.ARN})
		if err != nil {
			return property.Map{}, fmt.Errorf("reading Secrets Manager Secret (%s): %w", state.ARN, err)
		}
		state.Replicas = replicasIn(found.ReplicationStatus)
	}
	state.TagsAll = state.Tags
	properties, err := standin.Encode(state)
	for key, empty := range map[string]property.Value{
		"policy": property.New(""), "namePrefix": property.New(""),
		"replicas": property.New([]property.Value{}), "tagsAll": property.New(property.Map{}),
	} {
		if _, set := properties.GetOk(key); !set {
			properties = properties.Set(key, empty)
		}
	}
	return properties, err
}

// readSecret drops a secret that is missing or scheduled for deletion.
func (a *account) readSecret(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	found, err := a.secrets.DescribeSecret(ctx, &secretsmanager.DescribeSecretInput{SecretId: &req.ID})
	if hasCode(err, "ResourceNotFoundException") || err == nil && found.DeletedDate != nil {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("reading Secrets Manager Secret (%s): %w", req.ID, err)
	}
	// Whatever AWS does not return comes from the old inputs. An import has none, and gets the defaults.
	old := secretState{RecoveryWindow: 30}
	if err := standin.Decode(req.Inputs, &old); err != nil {
		return p.ReadResponse{}, err
	}
	state := secretState{
		Description: sdk.ToString(found.Description), ForceOverwrite: old.ForceOverwrite,
		KMSKeyID: sdk.ToString(found.KmsKeyId), Name: sdk.ToString(found.Name), NamePrefix: old.NamePrefix,
		Policy: old.Policy, RecoveryWindow: old.RecoveryWindow, Tags: map[string]string{},
	}
	state.Replicas = replicasIn(found.ReplicationStatus)
	for _, tag := range found.Tags {
		state.Tags[sdk.ToString(tag.Key)] = sdk.ToString(tag.Value)
	}
	inputs := state
	inputs.Replicas = replicaInputs(state.Replicas)
	if old.NamePrefix != "" {
		inputs.Name = ""
	}
	encoded, err := standin.Encode(inputs)
	if err != nil {
		return p.ReadResponse{}, err
	}
	state.ARN = sdk.ToString(found.ARN)
	properties, err := a.secretProperties(ctx, state)
	return p.ReadResponse{ID: state.ARN, Inputs: encoded, Properties: properties}, err
}

func (a *account) updateSecret(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	var old, state secretState
	if err := standin.Decode(req.OldInputs, &old); err != nil {
		return p.UpdateResponse{}, err
	}
	if err := standin.Decode(req.Inputs, &state); err != nil {
		return p.UpdateResponse{}, err
	}
	state.ARN = req.ID
	state.Name = standin.Text(req.State, "name")
	if old.Description != state.Description || old.KMSKeyID != state.KMSKeyID {
		_, err := a.secrets.UpdateSecret(ctx, &secretsmanager.UpdateSecretInput{
			SecretId: &state.ARN, Description: &state.Description, KmsKeyId: optional(state.KMSKeyID),
		})
		if err != nil {
			return p.UpdateResponse{}, fmt.Errorf("updating Secrets Manager Secret (%s): %w", state.ARN, err)
		}
	}
	if state.Policy != "" && old.Policy != state.Policy {
		if err := a.putPolicy(ctx, state.ARN, state.Policy); err != nil {
			return p.UpdateResponse{}, err
		}
	}
	if err := a.changeReplicas(ctx, state.ARN, old.Replicas, state); err != nil {
		return p.UpdateResponse{}, err
	}
	if err := a.changeSecretTags(ctx, state.ARN, old.Tags, state.Tags); err != nil {
		return p.UpdateResponse{}, err
	}
	properties, err := a.secretProperties(ctx, state)
	return p.UpdateResponse{Properties: properties}, err
}

func (a *account) deleteSecret(ctx context.Context, req p.DeleteRequest) error {
	var state secretState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return err
	}
	if err := a.changeReplicas(ctx, req.ID, state.Replicas, secretState{}); err != nil {
		return err
	}
	input := &secretsmanager.DeleteSecretInput{SecretId: &req.ID}
	if state.RecoveryWindow == 0 {
		input.ForceDeleteWithoutRecovery = sdk.Bool(true)
	} else {
		input.RecoveryWindowInDays = &state.RecoveryWindow
	}
	if _, err := a.secrets.DeleteSecret(ctx, input); err != nil && !hasCode(err, "ResourceNotFoundException") {
		return fmt.Errorf("deleting Secrets Manager Secret (%s): %w", req.ID, err)
	}
	return nil
}

func (a *account) changeSecretTags(ctx context.Context, id string, old, wanted map[string]string) error {
	add, remove := changedTags(old, wanted)
	if len(remove) > 0 {
		_, err := a.secrets.UntagResource(ctx, &secretsmanager.UntagResourceInput{SecretId: &id, TagKeys: remove})
		if err != nil {
			return fmt.Errorf("untagging resource (%s): %w", id, err)
		}
	}
	if len(add) > 0 {
		_, err := a.secrets.TagResource(ctx, &secretsmanager.TagResourceInput{SecretId: &id, Tags: secretTags(add)})
		if err != nil {
			return fmt.Errorf("tagging resource (%s): %w", id, err)
		}
	}
	return nil
}

func secretTags(tags map[string]string) []types.Tag {
	var out []types.Tag
	for key, value := range tags {
		out = append(out, types.Tag{Key: sdk.String(key), Value: sdk.String(value)})
	}
	return out
}

// optional returns nil for "".
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
