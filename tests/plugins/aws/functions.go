package aws

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// getSecret fails if there is no such secret, or if it is scheduled for deletion, like the published provider.
func (a *account) getSecret(ctx context.Context, args property.Map) (property.Map, error) {
	id := standin.Text(args, "arn")
	if id == "" {
		id = standin.Text(args, "name")
	}
	if id == "" {
		return property.Map{}, errors.New("one of arn or name must be specified")
	}
	found, err := a.secrets.DescribeSecret(ctx, &secretsmanager.DescribeSecretInput{SecretId: &id})
	if err != nil {
		return property.Map{}, fmt.Errorf("reading Secrets Manager Secret (%s): %w", id, err)
	}
	if found.DeletedDate != nil {
		return property.Map{}, fmt.Errorf("reading Secrets Manager Secret (%s): couldn't find resource", id)
	}
	policy, err := a.secrets.GetResourcePolicy(ctx, &secretsmanager.GetResourcePolicyInput{SecretId: &id})
	if err != nil {
		return property.Map{}, fmt.Errorf("reading Secrets Manager Secret (%s) policy: %w", id, err)
	}
	tags := map[string]property.Value{}
	for _, tag := range found.Tags {
		tags[sdk.ToString(tag.Key)] = property.New(sdk.ToString(tag.Value))
	}
	return property.NewMap(map[string]property.Value{
		"arn":             property.New(sdk.ToString(found.ARN)),
		"createdDate":     property.New(date(found.CreatedDate)),
		"description":     property.New(sdk.ToString(found.Description)),
		"id":              property.New(sdk.ToString(found.ARN)),
		"kmsKeyId":        property.New(sdk.ToString(found.KmsKeyId)),
		"lastChangedDate": property.New(date(found.LastChangedDate)),
		"name":            property.New(sdk.ToString(found.Name)),
		"policy":          property.New(sdk.ToString(policy.ResourcePolicy)),
		"tags":            property.New(tags),
	}), nil
}

func (a *account) getSecretVersion(ctx context.Context, args property.Map) (property.Map, error) {
	id, stage := standin.Text(args, "secretId"), standin.Text(args, "versionStage")
	input := &secretsmanager.GetSecretValueInput{SecretId: &id, VersionId: optional(standin.Text(args, "versionId"))}
	if input.VersionId == nil {
		if stage == "" {
			stage = stageCurrent
		}
		input.VersionStage = &stage
	}
	found, err := a.secrets.GetSecretValue(ctx, input)
	if err != nil {
		return property.Map{}, fmt.Errorf("reading Secrets Manager Secret Version (%s): %w", id, err)
	}
	stages := []property.Value{}
	for _, s := range found.VersionStages {
		stages = append(stages, property.New(s))
	}
	version := sdk.ToString(found.VersionId)
	return property.NewMap(map[string]property.Value{
		"arn":           property.New(sdk.ToString(found.ARN)),
		"createdDate":   property.New(date(found.CreatedDate)),
		"id":            property.New(id + "|" + version),
		"secretBinary":  property.New(base64.StdEncoding.EncodeToString(found.SecretBinary)),
		"secretId":      property.New(id),
		"secretString":  property.New(sdk.ToString(found.SecretString)),
		"versionId":     property.New(version),
		"versionStage":  property.New(stage),
		"versionStages": property.New(stages),
	}), nil
}

func (a *account) getParameter(ctx context.Context, args property.Map) (property.Map, error) {
	name, decrypt := standin.Text(args, "name"), true
	if v := args.Get("withDecryption"); v.IsBool() {
		decrypt = v.AsBool()
	}
	found, err := a.parameters.GetParameter(ctx, &ssm.GetParameterInput{Name: &name, WithDecryption: &decrypt})
	if hasCode(err, "ParameterNotFound") {
		return property.Map{}, fmt.Errorf("reading SSM Parameter (%s): couldn't find resource", name)
	}
	if err != nil {
		return property.Map{}, fmt.Errorf("reading SSM Parameter (%s): %w", name, err)
	}
	insecure := ""
	if found.Parameter.Type != types.ParameterTypeSecureString {
		insecure = sdk.ToString(found.Parameter.Value)
	}
	return property.NewMap(map[string]property.Value{
		"arn":            property.New(sdk.ToString(found.Parameter.ARN)),
		"id":             property.New(sdk.ToString(found.Parameter.Name)),
		"insecureValue":  property.New(insecure),
		"name":           property.New(sdk.ToString(found.Parameter.Name)),
		"type":           property.New(string(found.Parameter.Type)),
		"value":          property.New(sdk.ToString(found.Parameter.Value)),
		"version":        property.New(float64(found.Parameter.Version)),
		"withDecryption": property.New(decrypt),
	}), nil
}

func date(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
