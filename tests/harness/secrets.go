package harness

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

// AWS returns the client configuration for the harness's own account of the AWS emulator. Programs may use another
// address, that of a proxy, which Options.Environment sets.
func (h *Harness) AWS(region string) aws.Config {
	config := h.aws.Copy()
	config.Region = region
	return config
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
