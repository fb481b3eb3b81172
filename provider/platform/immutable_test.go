package platform_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/inventory"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// On a case-insensitive platform, another spelling of a name or location is the same secret. The provider sees two:
// it would create the new one and then delete the old one.
func TestARespelledSecretIsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typ           string
		before, after object
	}{
		"a name in Azure": {"AzureKeyVaultTarget",
			object{"vaultName": "kv-1", "resourceGroupName": "shop", "keys": object{"template": "app{key}"}},
			object{"vaultName": "kv-1", "resourceGroupName": "shop", "keys": object{"template": "App{key}"}}},
		"a vault": {"AzureKeyVaultTarget",
			object{"vaultName": "kv-1", "resourceGroupName": "shop", "name": "app"},
			object{"vaultName": "KV-1", "resourceGroupName": "shop", "name": "app"}},
		"a resource group": {"AzureKeyVaultTarget",
			object{"vaultName": "kv-1", "resourceGroupName": "shop", "name": "app"},
			object{"vaultName": "kv-1", "resourceGroupName": "Shop", "name": "app"}},
		"a repository": {"GithubSecretsTarget", object{"repository": "shop"}, object{"repository": "Shop"}},
		"a repository with variables": {"GithubVariablesTarget",
			object{"repository": "shop"}, object{"repository": "Shop"}},
		"the visibility of variables": {"GithubVariablesTarget",
			object{"visibility": "all"}, object{"visibility": "private"}},
		"an environment": {"GithubSecretsTarget",
			object{"repository": "shop", "environment": "Prod"}, object{"repository": "shop", "environment": "prod"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reasons := changeOf(t, test.typ, test.before, test.after, "Delete")
			require.Len(t, reasons, 1)
			assert.Contains(t, reasons[0], "which the platform cannot change to")
			assert.Empty(t, changeOf(t, test.typ, test.after, test.after, "Delete"))
		})
	}
}

// A Kubernetes object is removed as a whole, under the policy of the previous run.
func TestAnObjectIsNotRemovedWhileThePolicyChanges(t *testing.T) {
	t.Parallel()
	before := object{"name": "database"}
	for name, after := range map[string]object{
		"another name": {"name": "renamed"}, "another namespace": {"name": "database", "namespace": "shop"},
		"another kind": {"name": "database", "kind": "ConfigMap"},
	} {
		reasons := changeOf(t, "KubernetesTarget", before, after, "Retain")
		require.Len(t, reasons, 1, name)
		assert.Contains(t, reasons[0],
			"this run would still delete kubernetes/default/Secret/database/*: nothing was changed", name)
		assert.Empty(t, changeOf(t, "KubernetesTarget", before, after, "Delete"), name)
	}
	assert.Empty(t, changeOf(t, "KubernetesTarget", before, before, "Retain"), "it stays")
}

// changeOf returns the inventory's reasons to refuse a run that follows one with policy Delete.
func changeOf(t *testing.T, typ string, before, after object, policy string) []string {
	t.Helper()
	construct := func(destination object, policy string) property.Map {
		run := construct(t, targettest.Case{Type: typ, Inputs: map[string]property.Value{
			"destination": props(t, destination), "value": props(t, object{"a": "1"}),
			"deletionPolicy": property.New(policy),
		}})
		require.NoError(t, run.Err)
		return run.Inventory.Inputs
	}
	texts := func(v property.Value) map[string]string {
		result := map[string]string{}
		for key, text := range v.AsMap().All {
			result[key] = text.AsString()
		}
		return result
	}
	old, now := construct(before, "Delete"), construct(after, policy)
	var deletable []string
	for _, id := range old.Get("deletable").AsArray().All {
		deletable = append(deletable, id.AsString())
	}
	return inventory.Change{
		Old: texts(old.Get("secrets")), New: texts(now.Get("secrets")),
		OldDeletable: deletable, OldPolicy: old.Get("policy").AsString(),
		Policy: now.Get("policy").AsString(), AdoptionPolicy: inventory.AdoptOwned,
	}.Check()
}
