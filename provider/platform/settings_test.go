package platform_test

import (
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// An environment in the pattern form has no settings, and works the same way on every platform.
func TestThePatternFormIsOneJSONSecret(t *testing.T) {
	t.Parallel()
	for platform, extra := range map[string]object{
		"awsParameterStore": {},
		"gcpSecretManager":  {},
		"githubSecrets":     {"repository": "shop"},
		"githubVariables":   {"repository": "shop"},
		"azureKeyVault":     {"vaultName": "kv-1", "resourceGroupName": "g"},
	} {
		block := object{"name": "app", "value": object{"a": object{"b": "1"}}}
		maps.Copy(block, extra)
		run := construct(t, targettest.Case{Type: "Target", Inputs: map[string]property.Value{
			"payload": payloadText(t, object{"sync": object{platform: block}}),
		}})
		require.NoError(t, run.Err, platform)
		found := false
		for _, child := range run.Children {
			for _, input := range []string{"value", "secretData"} {
				if v := child.Input(input); v.IsString() {
					found = true
					assert.Equal(t, `{"a":{"b":"1"}}`, v.AsString(), platform) //nolint:testifylint // The text itself counts.
				}
			}
			if v := child.Input("properties"); v.IsMap() {
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
			object{"vaultName": "kv-1", "resourceGroupName": "g"}, object{"a_b": "1", "A-b": "2"}, []string{
				`value: the keys A-b, a_b all become the name "A-b": exclude all but one, or give the others ` +
					"a name in keys.rename"}},
		{"GitHub needs a scope", "GithubSecretsTarget", object{}, object{"a": "1"}, []string{
			"destination.repository: required, but not given. For secrets of an organization, give visibility " +
				"instead"}},
		{"GitHub's variables need one too", "GithubVariablesTarget", object{}, object{"a": "1"}, []string{
			"destination.repository: required, but not given. For variables of an organization, give visibility " +
				"instead"}},
		{"GitHub would hide the secret from everyone", "GithubSecretsTarget", object{"visibility": "selected"},
			object{"a": "1"}, []string{"destination.selectedRepositoryIds: required with visibility selected: " +
				"without it no repository could read the secrets"}},
		{"GitHub environments are of Actions", "GithubSecretsTarget",
			object{"repository": "r", "environment": "e", "app": "dependabot"}, object{"a": "1"}, []string{
				"destination.environment: only has Actions secrets: leave app out"}},
		{"GitHub refuses a reserved name", "GithubSecretsTarget", object{"repository": "r"},
			object{"github-x": "1"}, []string{
				`value.github-x: the name "GITHUB_X", made of key "github-x", must not begin with GITHUB_, which GitHub reserves ` +
					`(https://docs.github.com/actions/reference/security/secrets): rename it with keys.rename or keys.template, ` +
					"or exclude it"}},
		{"Vault has fields", "VaultTarget", object{"name": "a", "mapping": "json"}, "x", []string{
			"value: a secret in Vault has fields, so the mapping json needs an object, not a string: use single"}},
		{"Vault 1 has no versions", "VaultTarget", object{"name": "a", "kvVersion": 1, "maxVersions": 3}, object{"a": "1"},
			[]string{"destination.kvVersion: 1 supports neither metadata nor versions: leave out metadata, " +
				"maxVersions and deleteAllVersions"}},
		{"a ConfigMap has no type", "KubernetesTarget", object{"name": "a", "kind": "ConfigMap", "type": "Opaque"},
			object{"a": "1"}, []string{"destination.type: applies only to the kind Secret: leave it out"}},
		{"a key is of one region", "GcpSecretManagerTarget",
			object{"name": "a", "regions": []any{"us-east1", "us-west1"}, "kmsKeyName": "k"}, "x", []string{
				"destination.kmsKeyName: is one key, and a key belongs to one region: leave it out, or give only " +
					"one region"}},
		{"a plain parameter is not encrypted", "AwsParameterStoreTarget",
			object{"name": "a", "type": "String", "kmsKeyId": "k"}, "x", []string{
				"destination.kmsKeyId: applies only to a SecureString: leave it out, or leave type out"}},
		{"a template hits a single name", "VaultTarget", object{"path": "a", "keys": object{"template": "x"}},
			object{"a": "1"}, []string{"destination.keys.template: must contain {key}, or every key gets the same name"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := construct(t, targettest.Case{Type: test.typ, Inputs: map[string]property.Value{
				"destination": props(t, test.destination), "value": props(t, test.value),
			}})
			assert.Equal(t, test.want, run.Problems(t))
			assert.Empty(t, run.Children)
			assert.Nil(t, run.Inventory)
		})
	}
}

func TestBadPolicies(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "VaultTarget", Inputs: map[string]property.Value{
		"destination": props(t, object{"name": "a"}), "value": nested(t),
		"deletionPolicy": property.New("Keep"), "adoptionPolicy": property.New("Some"), "maxDeletions": property.New("half"),
	}})
	assert.Equal(t, []string{
		"adoptionPolicy: must be one of Owned, Never, All",
		"deletionPolicy: must be one of Retain, Delete",
		`maxDeletions: must be a whole number such as 5, or a percentage from 0% to 100% such as "50%"`,
	}, run.Problems(t))
}
