package aws

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// The staging labels that Secrets Manager moves by itself.
const (
	stageCurrent  = "AWSCURRENT"
	stagePrevious = "AWSPREVIOUS"
)

// versionState is the state of a SecretVersion.
type versionState struct {
	ARN           string   `json:"arn,omitempty"`
	SecretBinary  string   `json:"secretBinary,omitempty"`
	SecretID      string   `json:"secretId"`
	SecretString  string   `json:"secretString,omitempty"`
	VersionID     string   `json:"versionId,omitempty"`
	VersionStages []string `json:"versionStages,omitempty"`
}

// secretVersion is ONE version: a changed value creates a new version (a replacement), and Read looks at this version
// only. So an edit elsewhere is only detected if versionStages are given: it then shows as the loss of AWSCURRENT, and
// an update moves the label back.
func (a *account) secretVersion() standin.Resource {
	return standin.Resource{
		Check: checkVersion, Create: a.createVersion, Read: a.readVersion,
		Update: a.updateVersion, Delete: a.deleteVersion,
	}
}

func checkVersion(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	_, text := req.Inputs.GetOk("secretString")
	_, binary := req.Inputs.GetOk("secretBinary")
	if text && binary {
		return req.Inputs, []p.CheckFailure{{
			Property: "secretBinary", Reason: `"secretBinary": conflicts with secretString`,
		}}, nil
	}
	return req.Inputs, nil, nil
}

func (a *account) createVersion(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state versionState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	binary, err := base64.StdEncoding.DecodeString(state.SecretBinary)
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("expected base64 in secretBinary: %w", err)
	}
	if err := checkSecretValue(state.SecretString, binary); err != nil {
		return p.CreateResponse{}, fmt.Errorf("putting Secrets Manager Secret (%s) value: %w", state.SecretID, err)
	}
	put, err := a.secrets.PutSecretValue(ctx, &secretsmanager.PutSecretValueInput{
		SecretId: &state.SecretID, SecretString: optional(state.SecretString), SecretBinary: binary,
		VersionStages: state.VersionStages,
	})
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("putting Secrets Manager Secret (%s) value: %w", state.SecretID, err)
	}
	state.ARN, state.VersionID = sdk.ToString(put.ARN), sdk.ToString(put.VersionId)
	state.VersionStages = put.VersionStages
	properties, err := standin.Encode(state)
	return p.CreateResponse{ID: state.SecretID + "|" + state.VersionID, Properties: properties}, err
}

func parseVersionID(id string) (secretID, versionID string, err error) {
	secretID, versionID, ok := strings.Cut(id, "|")
	if !ok || secretID == "" || versionID == "" {
		return "", "", fmt.Errorf("unexpected format for ID (%s), expected SecretID|VersionID", id)
	}
	return secretID, versionID, nil
}

// findVersion returns nil if the version, or its secret, does not exist.
func (a *account) findVersion(
	ctx context.Context, input *secretsmanager.GetSecretValueInput,
) (*secretsmanager.GetSecretValueOutput, error) {
	found, err := a.secrets.GetSecretValue(ctx, input)
	if hasCode(err, "ResourceNotFoundException") ||
		hasCode(err, "InvalidRequestException") && strings.Contains(err.Error(), "deleted") ||
		hasCode(err, "InvalidRequestException") && strings.Contains(err.Error(), "marked for deletion") {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading Secrets Manager Secret Version (%s): %w", sdk.ToString(input.SecretId), err)
	}
	return found, nil
}

func (a *account) readVersion(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	secretID, versionID, err := parseVersionID(req.ID)
	if err != nil {
		return p.ReadResponse{}, err
	}
	found, err := a.findVersion(ctx, &secretsmanager.GetSecretValueInput{SecretId: &secretID, VersionId: &versionID})
	if err != nil || found == nil {
		return p.ReadResponse{}, err
	}
	state := versionState{
		SecretID: secretID, SecretString: sdk.ToString(found.SecretString),
		SecretBinary: encodedOnce(found.SecretBinary),
	}
	inputs := state
	if _, asked := req.Inputs.GetOk("versionStages"); asked {
		inputs.VersionStages = found.VersionStages
	}
	encoded, err := standin.Encode(inputs)
	if err != nil {
		return p.ReadResponse{}, err
	}
	state.ARN, state.VersionID = sdk.ToString(found.ARN), versionID
	state.VersionStages = found.VersionStages
	properties, err := standin.Encode(state)
	return p.ReadResponse{ID: req.ID, Inputs: encoded, Properties: properties}, err
}

// encodedOnce returns the base64 of bytes, but leaves bytes that are already base64. The published provider does the
// same (Base64EncodeOnce).
func encodedOnce(bytes []byte) string {
	if _, err := base64.StdEncoding.DecodeString(string(bytes)); err == nil {
		return string(bytes)
	}
	return base64.StdEncoding.EncodeToString(bytes)
}

// updateVersion moves staging labels. Nothing else of a version can change.
func (a *account) updateVersion(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	secretID, versionID, err := parseVersionID(req.ID)
	if err != nil {
		return p.UpdateResponse{}, err
	}
	var old, wanted versionState
	if err := standin.Decode(req.State, &old); err != nil {
		return p.UpdateResponse{}, err
	}
	if err := standin.Decode(req.Inputs, &wanted); err != nil {
		return p.UpdateResponse{}, err
	}
	if len(wanted.VersionStages) == 0 {
		wanted.VersionStages = old.VersionStages
	}
	if err := a.moveStages(ctx, secretID, versionID, old.VersionStages, wanted.VersionStages); err != nil {
		return p.UpdateResponse{}, err
	}
	wanted.ARN, wanted.VersionID = old.ARN, versionID
	properties, err := standin.Encode(wanted)
	return p.UpdateResponse{Properties: properties}, err
}

func (a *account) moveStages(ctx context.Context, secretID, versionID string, old, wanted []string) error {
	for _, stage := range wanted {
		if slices.Contains(old, stage) {
			continue
		}
		input := &secretsmanager.UpdateSecretVersionStageInput{
			SecretId: &secretID, VersionStage: &stage, MoveToVersionId: &versionID,
		}
		if stage == stageCurrent {
			holder, err := a.findVersion(ctx, &secretsmanager.GetSecretValueInput{
				SecretId: &secretID, VersionStage: &stage,
			})
			if err != nil {
				return err
			}
			if holder != nil {
				input.RemoveFromVersionId = holder.VersionId
			}
		}
		if _, err := a.secrets.UpdateSecretVersionStage(ctx, input); err != nil {
			return fmt.Errorf("adding Secrets Manager Secret Version staging label %s: %w", stage, err)
		}
	}
	for _, stage := range old {
		// AWSCURRENT can only move, and AWSPREVIOUS moves with it.
		if slices.Contains(wanted, stage) || stage == stageCurrent ||
			stage == stagePrevious && slices.Contains(wanted, stageCurrent) {
			continue
		}
		if err := a.removeStage(ctx, secretID, versionID, stage); err != nil {
			return err
		}
	}
	return nil
}

func (a *account) removeStage(ctx context.Context, secretID, versionID, stage string) error {
	_, err := a.secrets.UpdateSecretVersionStage(ctx, &secretsmanager.UpdateSecretVersionStageInput{
		SecretId: &secretID, VersionStage: &stage, RemoveFromVersionId: &versionID,
	})
	if err != nil {
		return fmt.Errorf("removing Secrets Manager Secret Version staging label %s: %w", stage, err)
	}
	return nil
}

// deleteVersion removes the version's own labels. A version with AWSCURRENT or AWSPREVIOUS stays.
func (a *account) deleteVersion(ctx context.Context, req p.DeleteRequest) error {
	secretID, versionID, err := parseVersionID(req.ID)
	if err != nil {
		return err
	}
	found, err := a.findVersion(ctx, &secretsmanager.GetSecretValueInput{SecretId: &secretID, VersionId: &versionID})
	if err != nil || found == nil {
		return err
	}
	for _, stage := range found.VersionStages {
		if stage == stageCurrent || stage == stagePrevious {
			continue
		}
		if err := a.removeStage(ctx, secretID, versionID, stage); err != nil {
			return err
		}
	}
	return nil
}
