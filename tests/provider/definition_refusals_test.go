package provider_test

import (
	"strings"
	"testing"
)

// block is the path of a definition's settings for AWS Secrets Manager.
const block = "definition.values.sync.awsSecretsManager"

var longKey = strings.Repeat("k", 600)

// withBlock returns the inputs of a sync whose definition contains only the given settings for AWS Secrets Manager.
func withBlock(text string) string {
	return "value: null\ndestination: {awsSecretsManager: {}}\ndefinition: |\n" +
		"  values:\n    sync:\n      awsSecretsManager: " + text + "\n"
}

// badDefinitions have an invalid definition.
var badDefinitions = map[string]badInputs{
	"a definition beside its parts": {
		inputs: "{definition: 'values: {}', imports: [a/b], environmentValues: {a: b}}",
		want: []string{
			"definition: cannot be given together with value, which it replaces",
			"environmentValues: cannot be given together with definition: put them there",
			"definition.values: has no sync.awsSecretsManager block with the value to push",
		},
	},
	"a definition beside imports": {
		inputs: "{value: null, definition: 'values: {sync: {awsSecretsManager: {value: x}}}', imports: [a/b]}",
		want:   []string{"imports: cannot be given together with definition: list them in the definition"},
	},
	"a definition that is no YAML": {
		inputs: "{value: null, definition: '[hunter2'}",
		want:   []string{"definition: is not YAML: check it with `pulumi env edit` or a YAML linter"},
	},
	"a definition that is a list": {
		inputs: "{value: null, definition: '[hunter2]'}",
		want:   []string{"definition: must be an object with imports and values"},
	},
	"a definition that ESC refuses": {
		inputs: `{value: null, definition: "values:\n  a: hunter2 ${b\n"}`,
		want:   []string{"definition: line 2: "},
	},
	"a definition of another platform": {
		inputs: "{name: n, value: null, definition: 'values: {sync: {vault: {value: hunter2}}}'}",
		want:   []string{"definition.values.sync: has no block for the destination awsSecretsManager"},
	},
	"a definition without a value, and more": {
		inputs: "{name: n, value: null, definition: 'values: {sync: {awsSecretsManager: {value: }}, pulumiConfig: x}'}",
		want: []string{
			"definition.values.sync.awsSecretsManager.value: has no value to push: nothing was changed on the platform",
			"definition.values.pulumiConfig: must be an object: the sync adds to it",
		},
	},
	"a definition that imports itself": {
		inputs: "{name: n, value: null, definition: '{imports: [escsync/n], values: {pulumiConfig: {payload: hunter2}}}'}",
		want: []string{
			"definition.imports[0]: is the environment of this sync, which cannot import itself: remove it",
			"definition.values.pulumiConfig.payload: is set by the sync: remove it here",
		},
	},
	"a definition of several blocks for a custom program": {
		inputs: "{value: null, definition: 'values: {sync: {a: {value: x}, b: {value: x}}}', destination: {custom: {}}, " +
			"source: {repository: a/b, branch: main, project: p}}",
		want: []string{"definition.values.sync: must have exactly one block, or destination.custom.syncKey must say which"},
	},
	"a block that no reference can name": {
		inputs: "{value: null, definition: 'values: {sync: {a: {value: x}}}', destination: {custom: {syncKey: a$b}}, " +
			"source: {repository: a/b, branch: main, project: p}}",
		want: []string{"destination.custom.syncKey: must have a key without $, backslashes or unprintable characters"},
	},
	"no name in a block": {
		inputs: withBlock("{value: {a: hunter2}}"),
		want:   []string{"destination.awsSecretsManager.name: required with the mapping json, but not given"},
	},
	"a bad setting in a block": {
		inputs: withBlock("{name: n, recoveryWindowInDays: 3, value: {a: hunter2}}"),
		want: []string{block + ".recoveryWindowInDays: must be 7 to 30, or 0 to delete immediately and " +
			"permanently"},
	},
	"an unused setting in a block": {
		inputs: withBlock("{name: n, keys: {template: 'hunter2{key}'}, value: {a: b}}"),
		want:   []string{block + ".keys.template: has no effect with the mapping json (the default)"},
	},
	"keys of a block that collide": {
		inputs: withBlock("{mapping: perKey, value: {a b: hunter2, a_b: x}}"),
		want:   []string{block + `.value: the keys ["a b"], a_b all become the name "a_b"`},
	},
	"a key of a block that is too long": {
		inputs: withBlock("{mapping: perKey, value: {" + longKey + ": hunter2}}"),
		want:   []string{block + ".value." + longKey + `: the name "` + longKey + `", made of key "`},
	},
	"an empty leaf in a block": {
		inputs: withBlock("{mapping: perKey, value: {a: '', b: {fn::secret: ''}}}"),
		want: eachOf("is empty, which the platform does not accept: give it a value or exclude the key",
			block+".value.a", block+".value.b"),
	},
	"bytes in a block, and what should be bytes": {
		inputs: withBlock("{mapping: perKey, keys: {binary: ['*.jks']}, " +
			"value: {a: {fn::fromBase64: {fn::secret: /u3+7Q==}}, b.jks: hunter2}}"),
		want: []string{
			block + ".value.a: contains bytes that are not UTF-8, which would not arrive intact",
			block + `.value["b.jks"]: is not base64: `,
		},
	},
	"an empty value in a block": {
		inputs: withBlock("{name: n, value: {}}"),
		want:   []string{block + ".value: has a value without any key: nothing was changed on the platform"},
	},
	"a setting that a block has twice": {
		inputs: withBlock("{name: hunter2, name: m, value: {a: b}}"),
		want:   []string{block + ".name: is given twice: remove one of the two"},
	},
	"a reference in a block that leads nowhere": {
		inputs: withBlock("{name: n, value: '${nope}'}"),
		want:   []string{`definition: line 3: unknown property "nope"`},
	},
	"what an import cannot put right": {
		inputs: withBlock("{name: 'hunter2 x', nam3: y, region: Oregon, value: {a: x}}\n  imports: [a/b]"),
		want: []string{
			block + `.nam3: there is no such setting; did you mean "name"?`,
			block + ".name: is not allowed: a name has letters, digits and / _ + = . @ - only",
			block + ".region: must be a region code, such as us-west-2",
		},
	},
}

func TestEscSyncRefusesBadDefinitions(t *testing.T) {
	t.Parallel()
	assertRefusals(t, badDefinitions)
}
