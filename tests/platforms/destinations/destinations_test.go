package destinations

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"

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

func startVault(ctx context.Context) (platforms.Platform, error) {
	return vault.Start(ctx, vault.Options{V1: []string{"legacy"}})
}

func startKubernetes(ctx context.Context) (platforms.Platform, error) {
	return kubernetes.Start(ctx, kubernetes.Options{})
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
		Name: "vault KV v2", Start: startVault,
		Destination: "{vault: {name: shop, mapping: perKey}}",
		Identity:    below("vault/secret/shop/"), Stored: field,
	},
	{
		Name: "vault KV v1", Start: startVault,
		Destination: "{vault: {name: shop, mapping: perKey, mount: legacy, kvVersion: 1}}",
		Identity:    below("vault/legacy/shop/"), Stored: field,
		Limits: destinations.Limits{NoMark: true},
	},
	{
		Name: "kubernetes Secret", Start: startKubernetes,
		Destination: "{kubernetes: {name: shop}}",
		Identity:    below("kubernetes/default/Secret/shop/"),
		Limits:      destinations.Limits{OneObject: true},
	},
	{
		Name: "kubernetes ConfigMap", Start: startKubernetes,
		Destination: "{kubernetes: {name: shop, kind: ConfigMap}}",
		Identity:    below("kubernetes/default/ConfigMap/shop/"),
		Limits:      destinations.Limits{OneObject: true},
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
