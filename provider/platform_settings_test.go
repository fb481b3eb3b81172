package provider

import (
	"maps"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGithubScopes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		destination object
		typ, list   string
		inputs      object
		place       string
	}{
		{"repository", object{"repository": "r"}, "github:index/actionsSecret:ActionsSecret",
			"github:index/getActionsSecrets:getActionsSecrets", object{"repository": "r"}, "actions/r"},
		{"environment", object{"repository": "r", "environment": "prod"},
			"github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret",
			"github:index/getActionsEnvironmentSecrets:getActionsEnvironmentSecrets",
			object{"repository": "r", "environment": "prod"}, "actions/r/prod"},
		{"organization", object{"visibility": "selected", "selectedRepositoryIds": []any{1, 2}},
			"github:index/actionsOrganizationSecret:ActionsOrganizationSecret",
			"github:index/getActionsOrganizationSecrets:getActionsOrganizationSecrets",
			object{"visibility": "selected", "selectedRepositoryIds": []any{1, 2}}, "actions"},
		{"codespaces", object{"repository": "r", "app": "codespaces"}, "github:index/codespacesSecret:CodespacesSecret",
			"github:index/getCodespacesSecrets:getCodespacesSecrets", object{"repository": "r"}, "codespaces/r"},
		{"codespaces of an organization", object{"visibility": "all", "app": "codespaces"},
			"github:index/codespacesOrganizationSecret:CodespacesOrganizationSecret",
			"github:index/getCodespacesOrganizationSecrets:getCodespacesOrganizationSecrets",
			object{"visibility": "all"}, "codespaces"},
		{"dependabot", object{"repository": "r", "app": "dependabot"}, "github:index/dependabotSecret:DependabotSecret",
			"github:index/getDependabotSecrets:getDependabotSecrets", object{"repository": "r"}, "dependabot/r"},
		{"dependabot of an organization", object{"visibility": "private", "app": "dependabot"},
			"github:index/dependabotOrganizationSecret:DependabotOrganizationSecret",
			"github:index/getDependabotOrganizationSecrets:getDependabotOrganizationSecrets",
			object{"visibility": "private"}, "dependabot"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := constructTarget(t, targetCase{
				typ: "GithubSecretsTarget",
				call: func(args integration.MockCallArgs) (property.Map, error) {
					assert.Equal(t, test.list, string(args.Token))
					return outputs(object{"secrets": []any{object{"name": "A_B"}, object{"name": "OTHER"}}}), nil
				},
				inputs: map[string]property.Value{
					"destination": props(t, test.destination), "value": props(t, object{"a-b": "x", "new": "y"}),
				},
			})
			require.NoError(t, run.Err)
			secret := run.child(t, test.typ, `sync/a-b`)
			for name, want := range test.inputs {
				assert.Equal(t, props(t, want), secret.input(name), name)
			}
			assert.Equal(t, property.New("x").WithSecret(true), secret.input("plaintextValue"))
			assert.Equal(t, outputs(object{"githubSecrets/" + test.place + "/A_B": "unmarked"}),
				run.inventory.input("found").AsMap(), "only names of ours matter")
			assert.Empty(t, secret.RegisterRPC.GetImportId(), "writing takes over: there is nothing to import")
		})
	}
}

func TestGithubCountsOfAnOrganization(t *testing.T) {
	t.Parallel()
	for app, most := range map[string]int{appActions: 1000, appCodespaces: 100, appDependabot: 1000} {
		assert.Equal(t, most, githubOrganizationScope(app, githubSelection{}).count.Max, app)
	}
}

func TestParameterStoreImportsWhatCarriesOurMark(t *testing.T) {
	t.Parallel()
	var asked property.Map
	run := constructTarget(t, targetCase{
		typ: "AwsParameterStoreTarget",
		call: func(args integration.MockCallArgs) (property.Map, error) {
			asked = args.Args
			return outputs(object{"resourceTagMappingLists": []any{
				object{"resourceArn": "arn:aws:ssm:us-west-2:123456789012:parameter/prod/a"},
				object{"resourceArn": "arn:aws:ssm:us-west-2:123456789012:parameter/prod/a/other"},
			}}), nil
		},
		inputs: map[string]property.Value{
			"destination": props(t, object{
				"name": "/prod", "tier": "Standard", "type": "String", "tags": object{"team": "core"},
			}),
			"value": props(t, object{"a": "x", "b": "y"}),
		},
	})
	require.NoError(t, run.Err)
	assert.Equal(t, props(t, []any{object{"key": "escsync:sync-id", "values": []any{"shop/dev/sync"}}}),
		asked.Get("tagFilters"))
	const typ = "aws:ssm/parameter:Parameter"
	ours := run.child(t, typ, "sync/a")
	assert.Equal(t, "/prod/a", ours.RegisterRPC.GetImportId())
	assert.Empty(t, run.child(t, typ, "sync/b").RegisterRPC.GetImportId())
	assert.Equal(t, "Standard", ours.input("tier").AsString())
	assert.Equal(t, "String", ours.input("type").AsString())
	assert.Equal(t, props(t, object{
		"awsParameterStore//prod/a": "type String", "awsParameterStore//prod/b": "type String",
	}), run.inventory.input("secrets"), "AWS cannot make it a SecureString")
	assert.True(t, ours.input("overwrite").IsNull(), "AWS refuses what exists and is not ours")

	run = constructTarget(t, targetCase{typ: "AwsParameterStoreTarget", call: noCall(t), inputs: map[string]property.Value{
		"destination": props(t, object{"name": "/prod"}), "value": props(t, object{"a": "x"}), "adopt": property.New("All"),
	}})
	require.NoError(t, run.Err)
	assert.True(t, run.child(t, typ, "sync/a").input("overwrite").AsBool())
	assert.Equal(t, "SecureString", run.child(t, typ, "sync/a").input("type").AsString())
	assert.Equal(t, "Intelligent-Tiering", run.child(t, typ, "sync/a").input("tier").AsString())
	assert.Equal(t, props(t, object{"awsParameterStore//prod/a": ""}), run.inventory.input("secrets"))
}

// noCall fails the test where a look-up is made that nothing needs.
func noCall(t *testing.T) func(integration.MockCallArgs) (property.Map, error) {
	t.Helper()
	return func(args integration.MockCallArgs) (property.Map, error) {
		t.Errorf("%s is called, though writing takes over", args.Token)
		return property.Map{}, nil
	}
}

func TestGithubTakesOverAllWithoutLooking(t *testing.T) {
	t.Parallel()
	run := constructTarget(t, targetCase{typ: "GithubSecretsTarget", call: noCall(t), inputs: map[string]property.Value{
		"destination": props(t, object{"repository": "r"}), "value": props(t, object{"a": "x"}), "adopt": property.New("All"),
	}})
	require.NoError(t, run.Err)
	assert.Len(t, run.children, 1)
}

func TestGcpReplication(t *testing.T) {
	t.Parallel()
	const typ = "gcp:secretmanager/secret:Secret"
	construct := func(destination object) targetRun {
		destination["name"] = "app"
		return constructTarget(t, targetCase{typ: "GcpSecretManagerTarget", inputs: map[string]property.Value{
			"destination": props(t, destination), "value": property.New("x"),
		}})
	}
	automatic := construct(object{})
	require.NoError(t, automatic.Err)
	assert.Equal(t, props(t, object{"auto": object{}}), automatic.child(t, typ, "sync").input("replication"))

	const gcpKey = "projects/p/locations/global/keyRings/r/cryptoKeys/k"
	encrypted := construct(object{"kmsKeyName": gcpKey})
	assert.Equal(t, props(t, object{"auto": object{"customerManagedEncryption": object{"kmsKeyName": gcpKey}}}),
		encrypted.child(t, typ, "sync").input("replication"))

	regional := construct(object{
		"regions": []any{"us-west1", "us-east1"}, "project": "shop-prod", "labels": object{"team": "core"},
	})
	secret := regional.child(t, typ, "sync")
	assert.Equal(t, props(t, object{"userManaged": object{"replicas": []any{
		object{"location": "us-east1"}, object{"location": "us-west1"}}}}),
		secret.input("replication"))
	assert.Equal(t, "shop-prod", secret.input("project").AsString())
	assert.Equal(t, outputs(object{"gcpSecretManager/shop-prod/app": "replication in us-east1, us-west1"}),
		regional.inventory.input("secrets").AsMap())
}

func TestVaultForms(t *testing.T) {
	t.Parallel()
	construct := func(destination object, value property.Value) targetRun {
		return constructTarget(t, targetCase{typ: "VaultTarget", inputs: map[string]property.Value{
			"destination": props(t, destination), "value": value, "deletionPolicy": property.New("Delete"),
		}})
	}
	fields := construct(object{"name": "app", "metadata": object{"team": "core"}, "maxVersions": 3,
		"deleteAllVersions": true}, nested(t))
	require.NoError(t, fields.Err)
	secret := fields.child(t, vaultSecretV2Token, "sync")
	assert.Equal(t, property.New(`{"db":{"user":"u"},"hot-key":"p"}`).WithSecret(true), secret.input("dataJson"))
	assert.Equal(t, "secret", secret.input("mount").AsString())
	assert.Equal(t, props(t, object{"maxVersions": 3, "data": object{"team": "core", "escsync:sync-id": "shop/dev/sync"}}),
		secret.input("customMetadata"))
	assert.True(t, secret.input("deleteAllVersions").AsBool())
	assert.Equal(t, vaultPluginVersion, secret.RegisterRPC.GetVersion())

	single := construct(object{"name": "app", "field": "token"}, property.New(`a"b`))
	assert.Equal(t, property.New(`{"token":"a\"b"}`).WithSecret(true),
		single.child(t, vaultSecretV2Token, "sync").input("dataJson"))

	old := construct(object{"name": "app", "kvVersion": 1, "mount": "/kv/"}, nested(t))
	require.NoError(t, old.Err)
	assert.Equal(t, "kv/app", old.child(t, vaultSecretV1Token, "sync").input("path").AsString())
}

// A path whose latest version is deleted has versions before it, which may be somebody else's.
func TestVaultPathThatWasDeletedBySomebodyElse(t *testing.T) {
	t.Parallel()
	for mark, found := range map[string]int{"other": 1, "shop/dev/sync": 0} {
		run := constructTarget(t, targetCase{
			typ: "VaultTarget",
			call: func(integration.MockCallArgs) (property.Map, error) {
				return outputs(object{
					"path": "secret/data/app", "deletionTime": "2026-01-01T00:00:00Z",
					"customMetadata": object{"escsync:sync-id": mark},
				}), nil
			},
			inputs: map[string]property.Value{"destination": props(t, object{"name": "app"}), "value": nested(t)},
		})
		require.NoError(t, run.Err)
		assert.Equal(t, found, run.inventory.input("found").AsMap().Len(), mark)
	}
}

// TestThePatternsOwnFormIsOneSecretOfJSON: an environment written for the published pattern has no settings, and works
// the same on every platform.
func TestThePatternsOwnFormIsOneSecretOfJSON(t *testing.T) {
	t.Parallel()
	for platform, extra := range map[string]object{
		"awsParameterStore": {},
		"gcpSecretManager":  {},
		"githubSecrets":     {"repository": "shop"},
		"azureKeyVault":     {"vaultName": "kv-1", "resourceGroupName": "g"},
	} {
		block := object{"name": "app", "value": object{"a": object{"b": "1"}}}
		maps.Copy(block, extra)
		run := constructTarget(t, targetCase{typ: "Target", inputs: map[string]property.Value{
			"payload": payloadText(t, object{"sync": object{platform: block}}),
		}})
		require.NoError(t, run.Err, platform)
		found := false
		for _, child := range run.children {
			for _, input := range []string{"value", "secretData", "plaintextValue"} {
				if v := child.input(input); v.IsString() {
					found = true
					assert.Equal(t, `{"a":{"b":"1"}}`, v.AsString(), platform) //nolint:testifylint // The text itself counts.
				}
			}
			if v := child.input("properties"); v.IsMap() {
				found = true
				assert.Equal(t, `{"a":{"b":"1"}}`, v.AsMap().Get("value").AsString()) //nolint:testifylint // The text counts.
			}
		}
		assert.True(t, found, platform)
	}
}

func TestPlatformProblems(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, typ   string
		destination object
		value       any
		want        []string
	}{
		{"Azure needs its vault", "AzureKeyVaultTarget", object{"name": "a"}, "x", []string{
			"destination.resourceGroupName: required, but not given", "destination.vaultName: required, but not " +
				"given"}},
		{"Azure folds capitals", "AzureKeyVaultTarget",
			object{"vaultName": "kv-1", "resourceGroupName": "g", "mapping": "perKey"}, object{"a_b": "1", "A-b": "2"}, []string{
				`value: the keys A-b, a_b all become the name "A-b": exclude all but one, or choose another separator`}},
		{"GitHub needs a scope", "GithubSecretsTarget", object{}, object{"a": "1"}, []string{
			"destination.repository: required, but not given. For secrets of the organization give visibility " +
				"instead"}},
		{"GitHub would hide the secret from everyone", "GithubSecretsTarget", object{"visibility": "selected"},
			object{"a": "1"}, []string{"destination.selectedRepositoryIds: required with the visibility selected: " +
				"GitHub " +
				"would " +
				"show the secrets to no repository"}},
		{"GitHub environments are of Actions", "GithubSecretsTarget",
			object{"repository": "r", "environment": "e", "app": "dependabot"}, object{"a": "1"}, []string{
				"destination.environment: has secrets for actions only: leave out app"}},
		{"GitHub refuses a reserved name", "GithubSecretsTarget", object{"repository": "r"},
			object{"github-x": "1"}, []string{
				`value.github-x: the name "GITHUB_X", made of key "github-x", must not begin with GITHUB_, which GitHub reserves ` +
					`(https://docs.github.com/actions/reference/security/secrets): rename it with template, or exclude it`}},
		{"Vault has fields", "VaultTarget", object{"name": "a", "mapping": "json"}, "x", []string{
			"value: a secret in Vault has fields, so the mapping json takes an object, not a string: use single"}},
		{"Vault 1 has no versions", "VaultTarget", object{"name": "a", "kvVersion": 1, "maxVersions": 3}, object{"a": "1"},
			[]string{"destination.kvVersion: 1 has neither metadata nor versions: leave out metadata, maxVersions " +
				"and " +
				"deleteAllVersions"}},
		{"a ConfigMap has no type", "KubernetesTarget", object{"name": "a", "kind": "ConfigMap", "type": "Opaque"},
			object{"a": "1"}, []string{"destination.type: is for the kind Secret only"}},
		{"a key is of one region", "GcpSecretManagerTarget",
			object{"name": "a", "regions": []any{"us-east1", "us-west1"}, "kmsKeyName": "k"}, "x", []string{
				"destination.kmsKeyName: is one key, and a key is of one region: leave it out, or give one region " +
					"only"}},
		{"a plain parameter is not encrypted", "AwsParameterStoreTarget",
			object{"name": "/a", "type": "String", "kmsKeyId": "k"}, "x", []string{
				"destination.kmsKeyId: encrypts a SecureString only: leave it out, or leave out type"}},
		{"a template hits a single name", "VaultTarget", object{"name": "a", "mapping": "perKey", "template": "x"},
			object{"a": "1"}, []string{"destination.template: must hold {key}, else every key gets the same name"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := constructTarget(t, targetCase{typ: test.typ, inputs: map[string]property.Value{
				"destination": props(t, test.destination), "value": props(t, test.value),
			}})
			assert.Equal(t, test.want, run.problems(t))
			assert.Empty(t, run.children)
			assert.Nil(t, run.inventory)
		})
	}
}

func TestBadPolicies(t *testing.T) {
	t.Parallel()
	run := constructTarget(t, targetCase{typ: "VaultTarget", inputs: map[string]property.Value{
		"destination": props(t, object{"name": "a"}), "value": nested(t),
		"deletionPolicy": property.New("Keep"), "adopt": property.New("Some"), "maxDeletions": property.New("half"),
	}})
	assert.Equal(t, []string{
		"adopt: must be one of Owned, Never, All",
		"deletionPolicy: must be one of Retain, Delete",
		`maxDeletions: must be a whole number such as 5, or a percentage from 0% to 100% such as "50%"`,
	}, run.problems(t))
}
