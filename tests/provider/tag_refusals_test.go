package provider_test

import (
	"strings"
	"testing"
)

// badTags have invalid tags, or an invalid location.
var badTags = map[string]badInputs{
	"awsSecretsManager, tags": {
		inputs: "destination: {awsSecretsManager: {name: n, tags: " + keysOf(50, "hunter2") + "}}",
		want:   []string{"destination.awsSecretsManager.tags: has 50, and at most 49 are allowed besides our own"},
	},
	"awsSecretsManager, a tag": {
		inputs: "destination: {awsSecretsManager: {name: n, tags: {'': hunter2, escsync:sync-id: hunter2}}}",
		want: []string{
			`destination.awsSecretsManager.tags[""]: its key has 0 characters, and must have 1 to 128`,
			`destination.awsSecretsManager.tags["escsync:sync-id"]: is the ownership tag of the sync: leave it out`,
		},
	},
	"awsSecretsManager, a long description": {
		inputs: "destination: {awsSecretsManager: {name: n, description: " + secretOf(2049) + "}}",
		want:   []string{"destination.awsSecretsManager.description: has 2049 characters, and at most 2048 are allowed"},
	},
	"awsSecretsManager, replicas": {
		inputs: "destination: {awsSecretsManager: {name: n, region: a-b-1, replicas: [{region: a-b-1}, {region: a-b-2}, " +
			"{region: a-b-2}]}}",
		want: []string{
			"destination.awsSecretsManager.replicas[0].region: is the region of the secret itself: a region can " +
				"have the secret",
			"destination.awsSecretsManager.replicas[2].region: is the region of another replica: a region can have " +
				"the secret",
		},
	},
	"azureKeyVault, places": {
		inputs: "destination: {azureKeyVault: {name: n, vaultName: hunter2--x, resourceGroupName: hunter2., tags: " +
			keysOf(15, "hunter2") + ", contentType: " + secretOf(256) + "}}",
		want: []string{
			"destination.azureKeyVault.vaultName: must be the name of a key vault, not its address: 3 to 24 letters",
			"destination.azureKeyVault.resourceGroupName: must be the name of a resource group, not its full id",
			"destination.azureKeyVault.contentType: has 256 characters, and at most 255 are allowed",
			"destination.azureKeyVault.tags: has 15, and at most 14 are allowed besides our own",
		},
	},
	"gcpSecretManager, places": {
		inputs: `destination: {gcpSecretManager: {name: n, project: Hunter2, regions: [hunter2-a, us-east1, us-east1],
labels: {Own: Hunter2}, annotations: {k: ` + secretOf(15<<10) + "}}}",
		want: []string{
			"destination.gcpSecretManager.project: must be a project id, not a project number",
			"destination.gcpSecretManager.regions[0]: must be a region, such as europe-west1, not a zone",
			"destination.gcpSecretManager.regions[2]: is listed twice",
			"destination.gcpSecretManager.labels.Own: its key must have lowercase letters, digits, _ and - only, " +
				"and start with",
			"destination.gcpSecretManager.labels.Own: its value must have lowercase letters, digits, _ and - only",
			"destination.gcpSecretManager.annotations: has 15361 bytes in all, and at most 14336 are allowed",
		},
	},
	"gcpSecretManager, a key of no form": {
		inputs: "destination: {gcpSecretManager: {name: n, kmsKeyName: hunter2}}",
		want: []string{"destination.gcpSecretManager.kmsKeyName: must be projects/<project>/locations/<location>/keyRings/" +
			"<ring>/cryptoKeys/<key>"},
	},
	"gcpSecretManager, a key of a region": {
		inputs: "destination: {gcpSecretManager: {name: n, kmsKeyName: " + gcpKey + "}}",
		want:   []string{"destination.gcpSecretManager.kmsKeyName: must be a key in the location global"},
	},
	"gcpSecretManager, a key of another region": {
		inputs: "destination: {gcpSecretManager: {name: n, regions: [us-east1], kmsKeyName: " + gcpKey + "}}",
		want:   []string{"destination.gcpSecretManager.kmsKeyName: must be a key in the secret's region"},
	},
	"vault, metadata": {
		inputs: "destination: {vault: {name: n, metadata: {a: '', b: " + secretOf(513) + `, c: "hunter2\n"}}}`,
		want: []string{
			"destination.vault.metadata.a: its value must not be empty",
			"destination.vault.metadata.b: its value has 513 bytes, and must have at most 512",
			"destination.vault.metadata.c: its value must have printable characters only",
		},
	},
	"vault, a path that a client resolves": {
		inputs: "{value: {../a: !secret hunter2}, destination: {vault: {path: n, mount: a/./b}}}",
		want: []string{
			`value["../a"]: the name "n/../a", made of key "[\"../a\"]", must not have a part . or .., which would lead`,
			"destination.vault.mount: must not have a part . or .., which would lead a client to another path",
		},
	},
	"kubernetes, places": {
		inputs: "destination: {kubernetes: {name: n, namespace: Hunter2, labels: {a: 'hunter two'}, " +
			"annotations: {a/b/c: x}}}",
		want: []string{
			"destination.kubernetes.namespace: must have 1 to 63 lowercase letters, digits and hyphens, starting " +
				"and ending",
			"destination.kubernetes.labels.a: its value is not allowed: a valid label must be an empty string or consist of",
			"destination.kubernetes.annotations[\"a/b/c\"]: its key is not allowed: a valid label key must consist of",
		},
	},
	"kubernetes, a certificate": {
		inputs: "{value: {tls.crt: hunter2}, destination: {kubernetes: {name: n, type: kubernetes.io/tls}}}",
		want:   []string{"destination.kubernetes.type: kubernetes.io/tls needs the key tls.key"},
	},
	"kubernetes, a login": {
		inputs: "{value: {user: hunter2}, destination: {kubernetes: {name: n, type: kubernetes.io/basic-auth}}}",
		want:   []string{"destination.kubernetes.type: kubernetes.io/basic-auth needs the key username or password"},
	},
	"kubernetes, a login to a registry": {
		inputs: "{value: {.dockercfg: hunter2}, destination: {kubernetes: {name: n, type: kubernetes.io/dockercfg}}}",
		want:   []string{`value[".dockercfg"]: must be JSON, as the type kubernetes.io/dockercfg requires`},
	},
	"a name that holds a secret": {
		inputs: "{value: {a: !secret hunter2}, destination: {githubSecrets: {repository: r, " +
			"keys: {template: !secret 'Hunter2-!{key}'}}}}",
		want: []string{`value.a: the name [secret], made of key "a", is not allowed: a name has letters, digits and _`},
	},
	"a template that is a secret": {
		inputs: "{value: {a: !secret hunter2}, destination: {githubSecrets: {repository: r, " +
			"keys: {template: !secret '{Hunter2}'}}}}",
		want: []string{
			"destination.githubSecrets.keys.template: is not a template for names; it is not shown, as it is",
		},
	},
	"imports of a definition": {
		inputs: "{value: null, definition: \"{imports: ['hunter two', {a/b: {merg: hunter2}}], values: " +
			"{sync: {awsSecretsManager: {name: n, value: x}}}}\"}",
		want: []string{
			"definition.imports[0]: must be project/environment, with @revision or @tag if one is pinned, such as",
			`definition.imports[1]["a/b"].merg: is not an option of an import; the only one is merge`,
		},
	},
	"references that lead nowhere": {
		inputs: "{imports: null, value: {a: 'x${nope.b}'}, environmentValues: {b: {c: '${b.c}'}}}",
		want: []string{
			`value.a: unknown property "nope"`,
			"environmentValues.b.c: cyclic reference to b.c",
		},
	},
}

// gcpKey is a Google key that is neither global nor in the secret's region.
var gcpKey = strings.Join([]string{"projects", "p", "locations", "us-west1", "keyRings", "r", "cryptoKeys", "k"}, "/")

func TestEscSyncRefusesBadTagsAndAccounts(t *testing.T) {
	t.Parallel()
	assertRefusals(t, badTags)
}
