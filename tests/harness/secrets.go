package harness

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

// emulatorKey is the credential for the emulator, which accepts any.
const emulatorKey = "emulator"

// AWSEndpoint returns the address of the AWS emulator. What Options.Environment gives programs may be another, that of
// a proxy in front of it.
func (h *Harness) AWSEndpoint() string { return h.aws.endpoint }

// AWS returns the configuration of a client for a region of the AWS emulator, in the account that the deployments use.
func (h *Harness) AWS(region string) aws.Config {
	return aws.Config{
		Region:       region,
		BaseEndpoint: aws.String(h.aws.endpoint),
		Credentials:  credentials.NewStaticCredentialsProvider(emulatorKey, emulatorKey, ""),
	}
}

// SecretsManager returns a client for the emulated AWS Secrets Manager of a region.
func (h *Harness) SecretsManager(region string) *secretsmanager.Client {
	return secretsmanager.NewFromConfig(h.AWS(region))
}

// Secret returns the current value of a secret in the emulated AWS Secrets Manager.
func (h *Harness) Secret(ctx context.Context, region, name string) (string, error) {
	output, err := h.SecretsManager(region).GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &name})
	if err != nil {
		return "", fmt.Errorf("reading the secret %s in AWS: %w", name, err)
	}
	return aws.ToString(output.SecretString), nil
}

// SecretNames returns the names of all secrets in a region of the emulated AWS Secrets Manager.
func (h *Harness) SecretNames(ctx context.Context, region string) ([]string, error) {
	var names []string
	pages := secretsmanager.NewListSecretsPaginator(h.SecretsManager(region), &secretsmanager.ListSecretsInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing the secrets in AWS: %w", err)
		}
		for _, secret := range page.SecretList {
			names = append(names, aws.ToString(secret.Name))
		}
	}
	return names, nil
}
