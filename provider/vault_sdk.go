package provider

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// What follows stands in for the two resources and two functions of Pulumi's Vault SDK that are needed here, whose Go
// module the module proxy does not serve. Tokens, properties and types are those of pulumi-vault 6.7.1.

// vaultPluginVersion is the last 6.x. In 7.x (Terraform's provider 5.0 and later) a refresh no longer reads the values
// of a KV v2 secret, so an edit made in Vault would never be seen.
const vaultPluginVersion = "6.7.1"

//nolint:gosec // Type tokens are no credentials.
const (
	vaultSecretV1Token  = "vault:kv/secret:Secret"
	vaultSecretV2Token  = "vault:kv/secretV2:SecretV2"
	vaultGetSecretToken = "vault:kv/getSecret:getSecret"
	vaultGetSecretV2    = "vault:kv/getSecretV2:getSecretV2"
)

type vaultSecret struct {
	pulumi.CustomResourceState
}

type vaultSecretV1 struct {
	Path     string `pulumi:"path"`
	DataJSON string `pulumi:"dataJson"`
}

// vaultSecretV1Args are the inputs of vault:kv/secret:Secret.
type vaultSecretV1Args struct {
	Path     pulumi.StringInput `pulumi:"path"`
	DataJSON pulumi.StringInput `pulumi:"dataJson"`
}

// ElementType implements pulumi.Input.
func (vaultSecretV1Args) ElementType() reflect.Type { return reflect.TypeFor[vaultSecretV1]() }

type vaultSecretV2 struct {
	Mount             string               `pulumi:"mount"`
	Name              string               `pulumi:"name"`
	DataJSON          string               `pulumi:"dataJson"`
	CustomMetadata    *vaultCustomMetadata `pulumi:"customMetadata"`
	DeleteAllVersions *bool                `pulumi:"deleteAllVersions"`
}

// vaultSecretV2Args are the inputs of vault:kv/secretV2:SecretV2.
type vaultSecretV2Args struct {
	Mount             pulumi.StringInput
	Name              pulumi.StringInput
	DataJSON          pulumi.StringInput
	CustomMetadata    vaultCustomMetadataArgs
	DeleteAllVersions pulumi.BoolPtrInput
}

// ElementType implements pulumi.Input.
func (vaultSecretV2Args) ElementType() reflect.Type { return reflect.TypeFor[vaultSecretV2]() }

type vaultCustomMetadata struct {
	Data        map[string]string `pulumi:"data"`
	MaxVersions *int              `pulumi:"maxVersions"`
}

type vaultCustomMetadataArgs struct {
	Data        pulumi.StringMapInput `pulumi:"data"`
	MaxVersions pulumi.IntPtrInput    `pulumi:"maxVersions"`
}

// ElementType implements pulumi.Input.
func (vaultCustomMetadataArgs) ElementType() reflect.Type {
	return reflect.TypeFor[vaultCustomMetadata]()
}

type vaultGetSecretV1Args struct {
	Path string `pulumi:"path"`
}

type vaultGetSecretV1Result struct {
	Path string `pulumi:"path"`
}

type vaultGetSecretV2Args struct {
	Mount string `pulumi:"mount"`
	Name  string `pulumi:"name"`
}

// vaultGetSecretV2Result leaves out the values, which nobody here needs.
type vaultGetSecretV2Result struct {
	Path           string            `pulumi:"path"`
	CustomMetadata map[string]string `pulumi:"customMetadata"`
	DeletionTime   string            `pulumi:"deletionTime"`
	Destroyed      bool              `pulumi:"destroyed"`
}

func lookUpVaultSecretV1(r *registration, path string) (vaultGetSecretV1Result, error) {
	var result vaultGetSecretV1Result
	opts := append(r.invokeOptions(), pulumi.Version(vaultPluginVersion))
	err := r.ctx.Invoke(vaultGetSecretToken, &vaultGetSecretV1Args{Path: path}, &result, opts...)
	return result, err
}

func lookUpVaultSecretV2(r *registration, mount, name string) (vaultGetSecretV2Result, error) {
	var result vaultGetSecretV2Result
	opts := append(r.invokeOptions(), pulumi.Version(vaultPluginVersion))
	err := r.ctx.Invoke(vaultGetSecretV2, &vaultGetSecretV2Args{Mount: mount, Name: name}, &result, opts...)
	return result, err
}
