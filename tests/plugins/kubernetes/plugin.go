// Package kubernetes stands in for the Kubernetes provider (pulumi-kubernetes v4) in tests: Secrets and ConfigMaps,
// written by server-side apply. It tests programs that use the provider, and follows the provider's documentation.
//
// Three traits matter to programs. A changed value REPLACES the object, and deletes it first if its name is given,
// unless enableSecretMutable (or PULUMI_K8S_ENABLE_SECRET_MUTABLE) and enableConfigMapMutable (or
// PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE) are set. An immutable object is always replaced. An object that exists is
// refused unless upsertExistingObjects (or PULUMI_K8S_UPSERT_EXISTING_OBJECTS) is set. And the server merges stringData
// into data.
package kubernetes

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// Version is the version of the SDK that the module uses.
const Version = "4.32.0"

//go:embed schema.yaml
var schemaText []byte

// cluster is the configured provider.
type cluster struct {
	client           dynamic.Interface
	namespace        string
	upsert           bool
	secretMutable    bool
	configMapMutable bool
}

// Plugin returns the stand-in before its configuration.
func Plugin() standin.Plugin {
	c := &cluster{}
	return standin.Plugin{
		Name: "kubernetes", Version: Version, Schema: schemaText, Configure: c.configure,
		Resources: map[string]standin.Resource{
			"kubernetes:core/v1:Secret": c.object(kind{
				name: "Secret", plural: "secrets", values: []string{"data", "stringData", "type"},
				mutable: func() bool { return c.secretMutable },
			}),
			"kubernetes:core/v1:ConfigMap": c.object(kind{
				name: "ConfigMap", plural: "configmaps", values: []string{"data", "binaryData"},
				mutable: func() bool { return c.configMapMutable },
			}),
		},
	}
}

// configure reads a kubeconfig, as text or as the path of a file. Its default is KUBECONFIG.
func (c *cluster) configure(_ context.Context, config property.Map) error {
	loader := clientcmd.NewDefaultClientConfigLoadingRules()
	overrides := &clientcmd.ConfigOverrides{CurrentContext: standin.Text(config, "context")}
	client := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(loader, overrides)
	if text := standin.Text(config, "kubeconfig"); strings.Contains(text, "\n") || strings.HasPrefix(text, "{") {
		parsed, err := clientcmd.Load([]byte(text))
		if err != nil {
			return fmt.Errorf("failed to parse kubeconfig: %w", err)
		}
		client = clientcmd.NewDefaultClientConfig(*parsed, overrides)
	} else if text != "" {
		loader.ExplicitPath = text
	}
	rest, err := client.ClientConfig()
	if err != nil {
		return fmt.Errorf("unable to load Kubernetes client configuration: %w", err)
	}
	rest.QPS, rest.Burst = 50, 100
	if c.client, err = dynamic.NewForConfig(rest); err != nil {
		return fmt.Errorf("making Kubernetes' client: %w", err)
	}
	c.namespace = standin.Text(config, "namespace")
	if c.namespace == "" {
		if c.namespace, _, err = client.Namespace(); err != nil {
			return fmt.Errorf("reading the namespace of the kubeconfig: %w", err)
		}
	}
	c.upsert = enabled(config, "upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS")
	c.secretMutable = enabled(config, "enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE")
	c.configMapMutable = enabled(config, "enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE")
	return nil
}

// enabled reads a switch. From a stack's configuration it is text.
func enabled(config property.Map, key, variable string) bool {
	switch v := config.Get(key); {
	case v.IsBool():
		return v.AsBool()
	case v.IsString():
		return v.AsString() == "true"
	}
	return os.Getenv(variable) == "true"
}
