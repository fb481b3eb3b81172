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

// throughResource is a Secret for each key through the general destination, by the provider that Pulumi publishes.
var throughResource = resourceRow("resource on Kubernetes", published, secretOfAKey)

// throughTerraform is the same by a provider of Terraform, which Pulumi's plugin for these runs.
var throughTerraform = resourceRow("resource of Terraform", publishedBridge, terraformSecretOfAKey)

func resourceRow(name string, plugins func() (map[string]string, error), settings string) platforms.Row {
	return platforms.Row{
		Name: name, Plugins: plugins, Start: startForResource,
		Destination: "{resource: {" + settings + "}}",
		Identity:    secretOf,
		Denial:      `is forbidden: User "limited" cannot`, Elsewhere: elsewhere,
		Published: platforms.Published{
			Platform: "resource", Settings: settings, Name: "database", Identity: secretOf("database"),
		},
	}
}

// secretOf is the identity of the one field of the Secret of a key.
func secretOf(key string) string { return "kubernetes/shop/Secret/" + key + "/value" }

// published is Pulumi's own plugin, which stands beside the stand-in of another version.
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

// everySecret is a role for all Secrets of a namespace.
const everySecret = `
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

// configured is a platform with what its provider reads besides.
type configured struct {
	platforms.Platform
	more []string
	// folder holds the providers of Terraform.
	folder string
}

func (c configured) Environment() []string { return append(c.Platform.Environment(), c.more...) }

func (c configured) Close() error { return errors.Join(c.Platform.Close(), os.RemoveAll(c.folder)) }

// startForResource is a cluster with everySecret, for providers that change a Secret where they would replace it by
// default, and find the provider of Terraform where the bridge would have put it.
func startForResource(ctx context.Context) (platforms.Platform, error) {
	folder, err := os.MkdirTemp("", "escsync-terraform-")
	if err != nil {
		return nil, fmt.Errorf("making the folder of Terraform's providers: %w", err)
	}
	if built, err := toolcache.Server("terraform-provider-kubernetes", "TERRAFORM_KUBERNETES_VERSION"); err == nil {
		at := filepath.Join(folder, "registry.opentofu.org/hashicorp/kubernetes/1.13.4", runtime.GOOS+"_"+runtime.GOARCH)
		err := os.MkdirAll(at, 0o700)
		if err == nil {
			err = os.Symlink(built, filepath.Join(at, filepath.Base(built)))
		}
		if err != nil {
			return nil, fmt.Errorf("installing a provider of Terraform: %w", err)
		}
	}
	server, err := Start(ctx, Options{Role: everySecret})
	if err != nil {
		return nil, err
	}
	return configured{Platform: server, folder: folder, more: []string{
		"PULUMI_K8S_ENABLE_SECRET_MUTABLE=true", "PULUMI_DYNAMIC_TF_PLUGIN_CACHE_DIR=" + folder,
	}}, nil
}
