package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

// throughResource pushes each key as a Secret through the general destination, with Pulumi's published provider.
var throughResource = platforms.Row{
	Name: "resource on Kubernetes", Plugins: published, Start: startForResource,
	Destination: "{resource: {" + secretOfAKey + "}}",
	Identity:    secretOf,
	Denial:      forbidden, Elsewhere: elsewhere,
	Pattern: platforms.Pattern{
		Platform: "resource", Settings: secretOfAKey, Name: "database", Identity: secretOf("database"),
	},
}

// throughTerraform does the same with a Terraform provider. Pulumi's plugin for Terraform providers starts it, and
// leaves it running when the engine kills the plugin.
var throughTerraform = platforms.Row{
	Name: "resource of Terraform", Plugins: publishedBridge, Orphans: "terraform-provi", Start: startForTerraform,
	Destination: "{resource: {" + terraformSecretOfAKey + "}}",
	Identity:    secretOf,
	Denial:      forbidden, Elsewhere: elsewhere,
	Pattern: platforms.Pattern{
		Platform: "resource", Settings: terraformSecretOfAKey, Name: "database", Identity: secretOf("database"),
	},
}

const forbidden = `is forbidden: User "limited" cannot`

// secretOf returns the identity of the only field of a key's Secret.
func secretOf(key string) string { return "kubernetes/shop/Secret/" + key + "/value" }

// published returns Pulumi's own plugin, installed beside the stand-in of another version.
func published() (map[string]string, error) {
	plugin, err := toolcache.Server("pulumi-resource-kubernetes", "PULUMI_KUBERNETES_VERSION")
	return map[string]string{"resource-kubernetes-v4.25.0": plugin}, err
}

func publishedBridge() (map[string]string, error) {
	plugin, err := toolcache.Server("pulumi-resource-terraform-provider", "PULUMI_TERRAFORM_BRIDGE_VERSION")
	return map[string]string{"resource-terraform-provider-v1.0.0": plugin}, err
}

const secretOfAKey = "type: 'kubernetes:core/v1:Secret', version: 4.25.0, properties: {apiVersion: v1, kind: Secret, " +
	"metadata: {name: '{name}', namespace: shop, annotations: {pulumi.com/patchForce: 'true', " +
	"pulumi.com/patchFieldManager: escsync}}, stringData: {value: '{value}'}}, " + marked

const terraformSecretOfAKey = "type: 'kubernetes:index/secret:Secret', version: 1.0.0, " +
	"terraformProvider: {source: hashicorp/kubernetes, version: 1.13.4}, " +
	"properties: {metadata: {name: '{name}', namespace: shop}, data: {value: '{value}'}}, " + marked

const marked = "importId: 'shop/{name}', place: '{env.KUBECONFIG}', " +
	"ownership: {property: 'metadata.annotations[\"escsync/sync-id\"]'}"

// EverySecret is a Role with access to all Secrets of a namespace.
const EverySecret = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: escsync
  namespace: shop
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [create, get, list, watch, patch, update, delete]
`

// startForResource starts a cluster with EverySecret, for a provider that patches Secrets. By default it replaces them.
func startForResource(ctx context.Context) (platforms.Platform, error) {
	server, err := Start(ctx, Options{Role: EverySecret})
	if err != nil {
		return nil, err
	}
	return configured{Platform: server, more: "PULUMI_K8S_ENABLE_SECRET_MUTABLE=true"}, nil
}

// startForTerraform starts a cluster with EverySecret, for a Terraform provider installed where the plugin would have
// downloaded it to.
func startForTerraform(ctx context.Context) (platforms.Platform, error) {
	provider, err := toolcache.Server("terraform-provider-kubernetes", "TERRAFORM_KUBERNETES_VERSION")
	if err != nil {
		return nil, err
	}
	server, err := Start(ctx, Options{Role: EverySecret})
	if err != nil {
		return nil, err
	}
	cache := filepath.Join(server.root, "terraform")
	folder := filepath.Join(cache, "registry.opentofu.org", "hashicorp", "kubernetes", "1.13.4",
		runtime.GOOS+"_"+runtime.GOARCH)
	err = os.MkdirAll(folder, 0o700)
	if err == nil {
		err = os.Symlink(provider, filepath.Join(folder, filepath.Base(provider)))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("installing a provider of Terraform: %w", err), server.Close())
	}
	return configured{Platform: server, more: "PULUMI_DYNAMIC_TF_PLUGIN_CACHE_DIR=" + cache}, nil
}

// configured is a platform with one more variable for its provider.
type configured struct {
	platforms.Platform
	more string
}

// Environment returns the platform's variables and one more.
func (c configured) Environment() []string { return append(c.Platform.Environment(), c.more) }
