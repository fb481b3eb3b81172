package vault

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Destination is the platform in tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "vault", Server: &platforms.Server{
		About: "HashiCorp Vault is the real one, in memory",
		Proof: "Vault 1.14.1",
		Built: true,
		Start: func(ctx context.Context) (platforms.Platform, error) { return Start(ctx, Options{}) },
	},
	Rows: []platforms.Row{
		{
			Name: "vault KV v2", Start: startLimited,
			Destination: "{vault: {path: shop}}",
			Identity:    platforms.Below("vault/secret/shop/"), Stored: field,
			Denial: "permission denied", Elsewhere: elsewhere,
			Pattern: platforms.Pattern{
				Platform: "vault", Name: "shop/database", Identity: "vault/secret/shop/database",
			},
		},
		{
			Name: "vault KV v1", Start: startWithV1,
			Destination: "{vault: {path: shop, mount: legacy, kvVersion: 1}}",
			Identity:    platforms.Below("vault/legacy/shop/"), Stored: field,
			Denial: "permission denied", Elsewhere: elsewhere,
			Limits: platforms.Limits{NoTag: true},
			Pattern: platforms.Pattern{
				Platform: "vault", Settings: "mount: legacy, kvVersion: 1", Name: "shop/database",
				Identity: "vault/legacy/shop/database",
			},
		},
		{
			Name: "resource on Vault", Start: startLimited,
			Destination: "{resource: {" + throughResource(`{"value":{value:json}}`) +
				", keys: {template: 'shop/{key}', separator: /}, name: {pattern: 'shop/[a-z0-9/]+'}}}",
			Identity: platforms.Below("vault/secret/shop/"), Stored: field,
			Denial: "permission denied", Elsewhere: elsewhere,
			Pattern: platforms.Pattern{
				Platform: "resource", Settings: throughResource("{value}"), Name: "shop/database",
				Identity: "vault/secret/shop/database",
			},
		},
	},
	Pushes: map[string]platforms.Push{
		"vault-json": {
			Destination: `{"name": "shop/app", "mapping": "json"}`,
			Identity:    "vault/secret/shop/app",
		},
		"vault-single": {
			Destination: `{"name": "shop/user", "mapping": "single"}`, Key: "user",
			Identity: "vault/secret/shop/user", Stored: field,
		},
	},
	Demo: platforms.Demo{
		Settings: "{name: prod/shop}",
		Secret:   "vault/secret/prod/shop",
	},
	Beyond: "looking up shop/database on the platform",
	Docs: platforms.Docs{
		Example:     "vault",
		Default:     "one entry for each key, `db/password`; `path` puts it below",
		Checked:     "path 512; entry 1 MiB",
		Credentials: "token or Vault login",
		Section:     "HashiCorp Vault",
		Limit:       "version 1 of the engine holds no mark of ownership",
	},
}

// throughResource is the engine of version 2 as a resource of the provider, with its fields as JSON.
func throughResource(fields string) string {
	return "type: 'vault:kv/secretV2:SecretV2', version: 6.7.1, properties: {mount: secret, name: '{name}', " +
		"dataJson: '" + fields + "'}, importId: 'secret/data/{name}', place: '{env.VAULT_ADDR}', " +
		"ownership: {property: 'customMetadata.data.managed-by'}"
}

// startWithV1 is Vault with an engine of version 1, and the policy that the documentation gives, as it says for that.
func startWithV1(ctx context.Context) (platforms.Platform, error) {
	policy, err := platforms.Policy("vault.hcl")
	if err != nil {
		return nil, err
	}
	return Start(ctx, Options{
		V1: []string{"legacy"}, Policy: strings.ReplaceAll(policy, `"secret/data/`, `"legacy/`),
	})
}

// startLimited is Vault with the policy that the documentation gives.
func startLimited(ctx context.Context) (platforms.Platform, error) {
	policy, err := platforms.Policy("vault.hcl")
	if err != nil {
		return nil, err
	}
	return Start(ctx, Options{Policy: policy})
}

// elsewhere is the same server by another address.
func elsewhere(environment []string) (map[string]string, error) {
	for _, pair := range environment {
		if address, ok := strings.CutPrefix(pair, "VAULT_ADDR="); ok {
			return map[string]string{"VAULT_ADDR": strings.Replace(address, "127.0.0.1", "localhost", 1)}, nil
		}
	}
	return nil, errors.New("no address of Vault")
}

// field is a secret in Vault, which has fields.
func field(value string) string {
	text, err := json.Marshal(map[string]string{"value": value})
	if err != nil {
		panic(err)
	}
	return string(text)
}
