package vault

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// The parts of Pulumi's Vault package that are used: two resources and two functions, by token.

// pluginVersion is the last 6.x version. In 7.x (Terraform's provider 5.0 and later) a refresh no longer reads the
// values of a KV v2 secret, so an edit made in Vault would go unnoticed.
const pluginVersion = "6.7.1"

//nolint:gosec // Type tokens are no credentials.
const (
	secretV1Token = "vault:kv/secret:Secret"
	secretV2Token = "vault:kv/secretV2:SecretV2"
	getSecretV1   = "vault:kv/getSecret:getSecret"
	getSecretV2   = "vault:kv/getSecretV2:getSecretV2"
)

type queryV1 struct {
	Path string `pulumi:"path"`
}

type queryV2 struct {
	Mount string `pulumi:"mount"`
	Name  string `pulumi:"name"`
}

// foundSecret omits the values, which are not needed. Version 1 only has the path.
type foundSecret struct {
	Path           string            `pulumi:"path"`
	CustomMetadata map[string]string `pulumi:"customMetadata"`
	DeletionTime   string            `pulumi:"deletionTime"`
	Destroyed      bool              `pulumi:"destroyed"`
}

func find(r *target.Registration, function string, query any) (foundSecret, error) {
	var result foundSecret
	err := r.Ctx.Invoke(function, query, &result, append(r.InvokeOptions(), pulumi.Version(pluginVersion))...)
	return result, err
}
