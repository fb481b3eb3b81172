// Package aws stands in for the AWS provider (pulumi-aws v6) in tests: secrets of Secrets Manager and parameters of
// Systems Manager, through the AWS SDK. It tests programs that use the provider, and follows the documentation of the
// provider and of the Terraform provider below it.
//
// Known differences: it does not retry for two minutes if a name is scheduled for deletion, does not call STS by
// itself, and enforces the rules of rules.go, because emulators do not.
//
// The credentials come from the provider's configuration or the SDK's default chain. AWS_ENDPOINT_URL is supported.
package aws

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// Version is the version of the SDK that the module uses.
const Version = "6.83.4"

//go:embed schema.yaml
var schemaText []byte

// account is the configured provider.
type account struct {
	secrets    *secretsmanager.Client
	parameters *ssm.Client
	tagging    *resourcegroupstaggingapi.Client
	tokens     *sts.Client
	region     string
}

// Plugin returns the stand-in before its configuration.
func Plugin() standin.Plugin {
	a := &account{}
	return standin.Plugin{
		Name: "aws", Version: Version, Schema: schemaText, Configure: a.configure,
		Resources: map[string]standin.Resource{
			"aws:secretsmanager/secret:Secret":               a.secret(),
			"aws:secretsmanager/secretVersion:SecretVersion": a.secretVersion(),
			"aws:ssm/parameter:Parameter":                    a.parameter(),
		},
		Functions: map[string]standin.Function{
			"aws:index/getCallerIdentity:getCallerIdentity":        a.getCallerIdentity,
			"aws:index/getRegion:getRegion":                        a.getRegion,
			"aws:secretsmanager/getSecret:getSecret":               a.getSecret,
			"aws:secretsmanager/getSecretVersion:getSecretVersion": a.getSecretVersion,
			"aws:secretsmanager/getSecrets:getSecrets":             a.getSecrets,
			"aws:ssm/getParameter:getParameter":                    a.getParameter,

			"aws:resourcegroupstaggingapi/getResources:getResources": a.getResources,
		},
	}
}

// endpoints are the provider's own endpoints, by service.
type endpoints struct {
	SecretsManager string `json:"secretsmanager"`
	SSM            string `json:"ssm"`
	Tagging        string `json:"resourcegroupstaggingapi"`
	STS            string `json:"sts"`
}

func (a *account) configure(ctx context.Context, settings property.Map) error {
	var options []func(*config.LoadOptions) error
	if region := standin.Text(settings, "region"); region != "" {
		options = append(options, config.WithRegion(region))
	}
	if profile := standin.Text(settings, "profile"); profile != "" {
		options = append(options, config.WithSharedConfigProfile(profile))
	}
	if key := standin.Text(settings, "accessKey"); key != "" {
		options = append(options, config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider(
			key, standin.Text(settings, "secretKey"), standin.Text(settings, "token"))))
	}
	loaded, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return fmt.Errorf("loading the AWS configuration: %w", err)
	}
	if loaded.Region == "" {
		return errors.New("missing region: set aws:region or AWS_REGION")
	}
	own, err := parseEndpoints(settings.Get("endpoints"))
	if err != nil {
		return err
	}
	a.secrets = secretsmanager.NewFromConfig(loaded, func(o *secretsmanager.Options) {
		o.BaseEndpoint = pick(own.SecretsManager, o.BaseEndpoint)
	})
	a.parameters = ssm.NewFromConfig(loaded, func(o *ssm.Options) {
		o.BaseEndpoint = pick(own.SSM, o.BaseEndpoint)
	})
	a.tagging = resourcegroupstaggingapi.NewFromConfig(loaded, func(o *resourcegroupstaggingapi.Options) {
		o.BaseEndpoint = pick(own.Tagging, o.BaseEndpoint)
	})
	a.tokens = sts.NewFromConfig(loaded, func(o *sts.Options) {
		o.BaseEndpoint = pick(own.STS, o.BaseEndpoint)
	})
	a.region = loaded.Region
	return nil
}

func pick(own string, other *string) *string {
	if own != "" {
		return sdk.String(own)
	}
	return other
}

// parseEndpoints reads a list of endpoint blocks. A list from a stack's configuration is JSON text.
func parseEndpoints(v property.Value) (endpoints, error) {
	var blocks []endpoints
	switch {
	case v.IsString():
		if err := json.Unmarshal([]byte(v.AsString()), &blocks); err != nil {
			return endpoints{}, fmt.Errorf("reading aws:endpoints: %w", err)
		}
	case v.IsArray():
		for _, block := range v.AsArray().All {
			var one endpoints
			if block.IsMap() {
				if err := standin.Decode(block.AsMap(), &one); err != nil {
					return endpoints{}, fmt.Errorf("reading endpoints: %w", err)
				}
			}
			blocks = append(blocks, one)
		}
	}
	var all endpoints
	for _, block := range blocks {
		if block.SecretsManager != "" {
			all.SecretsManager = block.SecretsManager
		}
		if block.SSM != "" {
			all.SSM = block.SSM
		}
		if block.STS != "" {
			all.STS = block.STS
		}
		if block.Tagging != "" {
			all.Tagging = block.Tagging
		}
	}
	return all, nil
}

// hasCode reports whether AWS refused with one of the codes.
func hasCode(err error, codes ...string) bool {
	var refused smithy.APIError
	if !errors.As(err, &refused) {
		return false
	}
	for _, code := range codes {
		if refused.ErrorCode() == code {
			return true
		}
	}
	return false
}

// changedTags returns the tags to add or overwrite, and the keys to remove.
func changedTags(old, wanted map[string]string) (map[string]string, []string) {
	add, remove := map[string]string{}, []string{}
	for key, value := range wanted {
		if before, ok := old[key]; !ok || before != value {
			add[key] = value
		}
	}
	for key := range old {
		if _, keep := wanted[key]; !keep {
			remove = append(remove, key)
		}
	}
	return add, remove
}
