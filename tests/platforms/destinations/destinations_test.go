package destinations

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apply "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/escsync/pulumi-escsync/tests/destinations"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/kubernetes"
	"github.com/escsync/pulumi-escsync/tests/platforms/vault"
)

func TestMain(m *testing.M) {
	if _, err := harness.FindTools(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// startVault is Vault with an engine of version 1, and the policy that the documentation gives, as it says for that.
func startVault(ctx context.Context) (platforms.Platform, error) {
	policy, err := documented("vault.hcl")
	if err != nil {
		return nil, err
	}
	return vault.Start(ctx, vault.Options{
		V1: []string{"legacy"}, Policy: strings.ReplaceAll(policy, `"secret/data/`, `"legacy/`),
	})
}

// startLimitedVault is Vault with the policy that the documentation gives.
func startLimitedVault(ctx context.Context) (platforms.Platform, error) {
	policy, err := documented("vault.hcl")
	if err != nil {
		return nil, err
	}
	return vault.Start(ctx, vault.Options{Policy: policy})
}

// startKubernetes is a cluster with the role that the documentation gives.
func startKubernetes(ctx context.Context) (platforms.Platform, error) {
	role, err := documented("kubernetes-role.yaml")
	if err != nil {
		return nil, err
	}
	return kubernetes.Start(ctx, kubernetes.Options{Role: role})
}

// documented returns a policy that docs/credentials.md shows.
func documented(name string) (string, error) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "examples", "policies", name))
	return string(text), err
}

// below returns the identities of keys below a prefix.
func below(prefix string) func(string) string { return func(key string) string { return prefix + key } }

// field is a secret in Vault, which has fields.
func field(value string) string {
	text, err := json.Marshal(map[string]string{"value": value})
	if err != nil {
		panic(err)
	}
	return string(text)
}

var rows = []destinations.Row{
	{
		Name: "vault KV v2", Start: startLimitedVault,
		Destination: "{vault: {name: shop, mapping: perKey}}",
		Identity:    below("vault/secret/shop/"), Stored: field,
		Denial: "permission denied",
		Published: destinations.Published{
			Platform: "vault", Name: "shop/database", Identity: "vault/secret/shop/database",
		},
	},
	{
		Name: "vault KV v1", Start: startVault,
		Destination: "{vault: {name: shop, mapping: perKey, mount: legacy, kvVersion: 1}}",
		Identity:    below("vault/legacy/shop/"), Stored: field,
		Denial: "permission denied",
		Limits: destinations.Limits{NoMark: true},
		Published: destinations.Published{
			Platform: "vault", Settings: "mount: legacy, kvVersion: 1", Name: "shop/database",
			Identity: "vault/legacy/shop/database",
		},
	},
	{
		Name: "kubernetes Secret", Start: startKubernetes,
		Destination: "{kubernetes: {name: database, namespace: shop}}",
		Identity:    below("kubernetes/shop/Secret/database/"),
		Published: destinations.Published{
			Platform: "kubernetes", Settings: "namespace: shop", Name: "database",
			Identity: "kubernetes/shop/Secret/database/value",
		},
		Denial: `is forbidden: User "limited" cannot patch`,
		Limits: destinations.Limits{OneObject: true},
	},
	{
		Name: "kubernetes ConfigMap", Start: startKubernetes,
		Destination: "{kubernetes: {name: settings, namespace: shop, kind: ConfigMap}}",
		Identity:    below("kubernetes/shop/ConfigMap/settings/"),
		Published: destinations.Published{
			Platform: "kubernetes", Settings: "namespace: shop, kind: ConfigMap", Name: "settings",
			Identity: "kubernetes/shop/ConfigMap/settings/value",
		},
		Denial: `is forbidden: User "limited" cannot patch`,
		Limits: destinations.Limits{OneObject: true},
	},
}

func TestLifeOfADestination(t *testing.T) {
	t.Parallel()
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			destinations.Live(t, row)
		})
	}
}

func TestBrakeOfADestination(t *testing.T) {
	t.Parallel()
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			destinations.Brake(t, row)
		})
	}
}

func TestPublishedFormOfADefinition(t *testing.T) {
	t.Parallel()
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			destinations.PublishedForm(t, row)
		})
	}
}

// Another field manager takes a key over by force, and adds one of its own. Without patchForce the next apply is a
// conflict.
func TestEditedByAnotherFieldManager(t *testing.T) {
	t.Parallel()
	i := slices.IndexFunc(rows, func(row destinations.Row) bool { return row.Name == "kubernetes Secret" })
	require.GreaterOrEqual(t, i, 0)
	destinations.Edited(t, rows[i], func(ctx context.Context, platform platforms.Platform) (map[string]string, error) {
		client, err := platform.(*kubernetes.Server).Client(kubernetes.AdminToken)
		if err != nil {
			return nil, err
		}
		object := apply.Secret("database", "shop").WithData(map[string][]byte{
			"user": []byte("edited elsewhere"), "theirs": []byte("kept"),
		})
		_, err = client.CoreV1().Secrets("shop").Apply(ctx, object,
			metav1.ApplyOptions{FieldManager: "somebody-else", Force: true})
		return map[string]string{"theirs": "kept"}, err
	})
}

// The whole value as one secret, and a text as one.
func TestOneSecretOnEveryPlatform(t *testing.T) {
	t.Parallel()
	destinations.Pushed(t, []func(context.Context) (platforms.Platform, error){startLimitedVault, startKubernetes},
		map[string]destinations.Push{
			"vault-json": {
				Component: "VaultTarget", Destination: `{"name": "shop/app", "mapping": "json"}`,
				Secrets: destinations.AsJSON("vault/secret/shop/app"),
			},
			"vault-single": {
				Component: "VaultTarget", Destination: `{"name": "shop/user", "mapping": "single"}`, Key: "user",
				Secrets: func(values map[string]string) map[string]string {
					return map[string]string{"vault/secret/shop/user": field(values["user"])}
				},
			},
			"kubernetes-json": {
				Component: "KubernetesTarget", Destination: `{"name": "database", "namespace": "shop", "mapping": "json"}`,
				Secrets: destinations.AsJSON("kubernetes/shop/Secret/database/value"),
			},
			"kubernetes-single": {
				Component: "KubernetesTarget", Key: "user",
				Destination: `{"name": "settings", "namespace": "shop", "kind": "ConfigMap", "mapping": "single", ` +
					`"dataKey": "user"}`,
				Secrets: destinations.AsText("kubernetes/shop/ConfigMap/settings/user", "user"),
			},
		})
}
