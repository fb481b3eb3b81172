// Package vault stands in for the Vault provider (pulumi-vault) in tests: secrets of the key-value engine, version 2
// and version 1. It tests programs that use the provider. The schema is not compared with the published Go SDK: names
// and types follow the documentation.
//
// A write creates a new version, whoever wrote the last one. Read detects an edit elsewhere, unless disableRead is set.
// The functions fail if nothing is found. Differences from the published provider: no child token is created, and
// getSecret does not return leaseStartTime.
package vault

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/hashicorp/vault/api"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// Version is the last 6.x of the published package: from 7.0 on, Read does not detect edits.
const Version = "6.7.1"

//go:embed schema.yaml
var schemaText []byte

// account is the configured provider.
type account struct {
	client *api.Client
}

// Plugin returns the stand-in before its configuration.
func Plugin() standin.Plugin {
	a := &account{}
	return standin.Plugin{
		Name: "vault", Version: Version, Schema: schemaText, Configure: a.configure,
		Resources: map[string]standin.Resource{
			"vault:kv/secretV2:SecretV2": a.secretV2(),
			"vault:kv/secret:Secret":     a.secret(),
		},
		Functions: map[string]standin.Function{
			"vault:kv/getSecretV2:getSecretV2": a.getSecretV2,
			"vault:kv/getSecret:getSecret":     a.getSecret,
		},
	}
}

// configure reads the address and the token, whose defaults are VAULT_ADDR and VAULT_TOKEN.
func (a *account) configure(_ context.Context, config property.Map) error {
	settings := api.DefaultConfig()
	if settings.Error != nil {
		return fmt.Errorf("reading Vault's environment: %w", settings.Error)
	}
	settings.MaxRetries = 2
	client, err := api.NewClient(settings)
	if err != nil {
		return fmt.Errorf("making Vault's client: %w", err)
	}
	if address := standin.Text(config, "address"); address != "" {
		if err := client.SetAddress(address); err != nil {
			return fmt.Errorf("reading vault:address: %w", err)
		}
	}
	if token := standin.Text(config, "token"); token != "" {
		client.SetToken(token)
	}
	if client.Token() == "" {
		return errors.New("no vault token set on Client: set vault:token or VAULT_TOKEN")
	}
	if namespace := standin.Text(config, "namespace"); namespace != "" {
		client.SetNamespace(namespace)
	}
	a.client = client
	return nil
}

// at returns the client for a resource's own namespace.
func (a *account) at(m property.Map) *api.Client {
	if namespace := standin.Text(m, "namespace"); namespace != "" {
		return a.client.WithNamespace(namespace)
	}
	return a.client
}
