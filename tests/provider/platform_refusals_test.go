package provider_test

import (
	"fmt"
	"strings"
	"testing"
)

// secretOf returns a secret text of the given size, as YAML.
func secretOf(bytes int) string {
	return "!secret '" + strings.Repeat("hunter2 ", bytes/8+1)[:bytes] + "'"
}

// keysOf returns the given number of keys, as YAML.
func keysOf(count int, value string) string {
	keys := make([]string, count)
	for i := range keys {
		keys[i] = fmt.Sprintf("k%d: %s", i, value)
	}
	return "{" + strings.Join(keys, ", ") + "}"
}

// badForPlatforms are invalid only for their platform.
var badForPlatforms = map[string]badInputs{
	"a replica without a region": {
		inputs: "destination: {awsSecretsManager: {name: n, replicas: [{kmsKeyId: hunter2}]}}",
		want:   []string{"destination.awsSecretsManager.replicas[0].region: required, but not given"},
	},
	"awsSecretsManager": {
		inputs: "{value: {a: " + secretOf(65536) + `}, maxDeletions: half, retainKeys: [a*],
destination: {awsSecretsManager: {name: hunter two!, recoveryWindowInDays: 3, tags: {aws:x: hunter2}}}}`,
		want: []string{
			"value: has 65544 bytes, and the platform accepts at most 65536",
			`maxDeletions: must be a whole number such as 5, or a percentage from 0% to 100% such as "50%"`,
			"retainKeys: needs the mapping perKey: with json all keys are one secret",
			"destination.awsSecretsManager.name: is not allowed: a name has letters, digits and / _ + = . @ - only",
			"destination.awsSecretsManager.recoveryWindowInDays: must be 7 to 30, or 0 to delete immediately and " +
				"permanently",
			`destination.awsSecretsManager.tags["aws:x"]: its key must not begin with aws:, which AWS reserves`,
		},
	},
	"no name": {
		inputs: "{value: !secret hunter2, destination: {awsSecretsManager: {}}}",
		want:   []string{"destination.awsSecretsManager.name: required with the mapping single, but not given"},
	},
	"filters that leave nothing": {
		inputs: "destination: {awsSecretsManager: {name: n, keys: {include: [user]}}}",
		want:   []string{"value: has no key left after include and exclude: nothing was changed on the platform"},
	},
	"mappings that do not fit": {
		inputs: "destination: {awsSecretsManager: {name: n, mapping: single, keys: {template: x}}}",
		want: []string{
			"value: the mapping single needs a string, number or boolean, not an object: use json or perKey",
			"destination.awsSecretsManager.keys.template: must contain {key}, or every key gets the same name",
			"destination.awsSecretsManager.keys.template: has no effect with the mapping single, which makes one secret with",
		},
	},
	"more mappings that do not fit": {
		inputs: "{value: !secret hunter2, destination: {awsSecretsManager: {path: p, keys: {template: '{kye}'}}}}",
		want: []string{
			"value: is a string, but path needs an object with keys: use name instead of path",
			"destination.awsSecretsManager.keys.template: has the unknown placeholder {kye}; the known ones are {key}, ",
		},
	},
	"a template that no key can follow": {
		inputs: "{value: {a: x, b: y}, destination: {githubSecrets: {repository: r, keys: {template: 'x{key:kebab}'}}}}",
		want: []string{
			"destination.githubSecrets.keys.template: has {key:kebab}, but names on this platform cannot contain hyphens: " +
				"use {key:snake}",
		},
	},
	"awsParameterStore": {
		inputs: "{value: {a: " + secretOf(8193) + `, b: !secret 'x {{hunter2}} y', c: !secret '', 'd!': null, '': x},
destination: {awsParameterStore:
  {path: prod/db, keys: {rename: {a: b/c, missing: y}}, tier: Huge, type: String, kmsKeyId: k}}}`,
		want: []string{
			"value: has an empty key: give it a name, or use the mapping json",
			"value.a: has 8193 bytes, and the platform accepts at most 8192",
			"value.b: contains {{...}}, which Parameter Store reads as a reference to another parameter and refuses",
			"value.c: is empty, which the platform does not accept: give it a value or exclude the key",
			`value["d!"]: is null, which cannot be a secret: give it a value or exclude it`,
			"destination.awsParameterStore.path: a name below it has levels, so it must begin with /",
			"destination.awsParameterStore.keys.rename.a: has levels, so it must begin with /",
			"destination.awsParameterStore.keys.rename.missing: is not a pushed key: write the path of one",
			"destination.awsParameterStore.tier: must be one of Intelligent-Tiering, Standard, Advanced",
			"destination.awsParameterStore.kmsKeyId: applies only to a SecureString: leave it out, or leave type out",
		},
	},
	"awsParameterStore, names": {
		inputs: "{value: {" + strings.Repeat("k: {", 15) + "k: " + secretOf(8) + strings.Repeat("}", 15) +
			"}, destination: {awsParameterStore: {path: /x}}}",
		want: []string{"value" + strings.Repeat(".k", 16) + `: the name "/x` + strings.Repeat("/k", 16) + `", made of key "` +
			strings.TrimSuffix(strings.Repeat("k.", 16), ".") + `", has more than 15 levels`},
	},
	"awsParameterStore, a reserved name": {
		inputs: "{value: " + secretOf(8) + ", destination: {awsParameterStore: {name: /AWS/x}}}",
		want:   []string{"destination.awsParameterStore.name: must not begin with aws in any capitalization"},
	},
	"azureKeyVault": {
		inputs: "{value: {a_b: " + secretOf(25601) + `, A-b: !secret hunter2},
destination: {azureKeyVault: {vaultName: kv-1, resourceGroupName: g}}}`,
		want: []string{
			`value: the keys A-b, a_b all become the name "A-b": exclude all but one, or give the others a name in `,
			"value.a_b: has 25601 bytes, and the platform accepts at most 25600",
		},
	},
	"azureKeyVault, a name": {
		inputs: "destination: {azureKeyVault: {vaultName: kv-1, resourceGroupName: g, name: " +
			strings.Repeat("n", 128) + "}}",
		want: []string{"destination.azureKeyVault.name: has 128 characters, and at most 127 are allowed"},
	},
	"gcpSecretManager": {
		inputs: `destination: {gcpSecretManager: {name: a.b, regions: [us-east1, us-west1], kmsKeyName: k}}`,
		want: []string{
			"destination.gcpSecretManager.name: is not allowed: a name has letters, digits, _ and - only",
			"destination.gcpSecretManager.kmsKeyName: is one key, and a key belongs to one region: leave it out",
		},
	},
	"githubSecrets": {
		inputs: "{value: " + keysOf(101, secretOf(8)) + `,
destination: {githubSecrets: {repository: r, environment: e, app: codespaces, selectedRepositoryIds: [1, 2]}}}`,
		want: []string{
			"value: has 101 keys, but the destination can have at most 100 secrets: exclude some, or use the mapping json",
			"destination.githubSecrets.environment: only has Actions secrets: leave app out",
			"destination.githubSecrets.selectedRepositoryIds: applies only to visibility selected: leave it out, " +
				"or set visibility to selected",
		},
	},
	"githubSecrets, names": {
		inputs: "{value: {github_x: !secret hunter2, 1a: !secret hunter2}, destination: {githubSecrets: {environment: e}}}",
		want: []string{
			`value.github_x: the name "GITHUB_X", made of key "github_x", must not begin with GITHUB_, which GitHub reserves`,
			`value["1a"]: the name "1A", made of key "[\"1a\"]", is not allowed: a name has letters, digits and _ only`,
			"destination.githubSecrets.environment: belongs to a repository: give repository as well",
		},
	},
	"githubSecrets, beside what is not known": {
		inputs: "{value: {a-b: hunter2, a_b: '${y}', A: ''}, imports: [a/b], destination: {githubSecrets: {repository: r}}}",
		want: []string{
			`value: the keys a-b, a_b all become the name "A_B": exclude all but one, or give the others a name in `,
			"value.A: is empty, which the platform does not accept: give it a value or exclude the key",
		},
	},
	"githubSecrets, nowhere": {
		inputs: "destination: {githubSecrets: {}}",
		want: []string{"destination.githubSecrets.repository: required, but not given. For secrets of an " +
			"organization, give visibility instead"},
	},
	"githubSecrets, two places": {
		inputs: "destination: {githubSecrets: {repository: r, visibility: all}}",
		want: []string{"destination.githubSecrets.visibility: applies only to secrets of an organization: leave " +
			"it out"},
	},
	"githubSecrets, for nobody": {
		inputs: "destination: {githubSecrets: {visibility: selected}}",
		want: []string{"destination.githubSecrets.selectedRepositoryIds: required with visibility selected: " +
			"without it no repository could read the secrets"},
	},
	"githubSecrets, for some and all": {
		inputs: "destination: {githubSecrets: {visibility: all, selectedRepositoryIds: [1]}}",
		want: []string{"destination.githubSecrets.selectedRepositoryIds: applies only to visibility selected: " +
			"leave it out, or set visibility to selected"},
	},
	"vault": {
		inputs: "{value: !secret hunter2, destination: {vault: {name: a//b, mapping: json, kvVersion: 3}}}",
		want: []string{
			"value: a secret in Vault has fields, so the mapping json needs an object, not a string: use single",
			"destination.vault.name: is not allowed: a path has parts separated by single slashes",
			"destination.vault.kvVersion: must be 1 or 2",
		},
	},
	"vault, version 1": {
		inputs: "{maxDeletions: [1], destination: {vault: {name: a, kvVersion: 1, maxVersions: 3}}}",
		want: []string{
			"maxDeletions: must be a string or a number, not a list",
			"destination.vault.kvVersion: 1 supports neither metadata nor versions: leave out metadata",
		},
	},
	"kubernetes": {
		inputs: "{value: {a: " + secretOf(1<<19) + ", b: " + secretOf(1<<19) + `, ..c: !secret hunter2}, retainKeys: [a],
destination: {kubernetes: {name: Own, kind: ConfigMap, type: Opaque}}}`,
		want: []string{
			"value: has 1048583 bytes in total, but one object can have at most 1048576: exclude keys, or use two " +
				"syncs",
			`value["..c"]: the name "..c", made of key "[\"..c\"]", must not be . or begin with ..`,
			"retainKeys: has no effect here: all keys are in one object",
			"destination.kubernetes.name: is not allowed: a name is a DNS subdomain",
			"destination.kubernetes.type: applies only to the kind Secret: leave it out",
		},
	},
	"kubernetes without a name": {
		inputs: "destination: {kubernetes: {namespace: shop}}",
		want:   []string{"destination.kubernetes.name: required, but not given"},
	},
}

func TestEscSyncRefusesWhatAPlatformRefuses(t *testing.T) {
	t.Parallel()
	assertRefusals(t, badForPlatforms)
}
