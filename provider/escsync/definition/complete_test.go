package definition

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
)

// patternForm returns a definition in the pattern form.
func patternForm(platform string) string {
	return `# the pattern's own form
imports:
  - my-project/my-imported-env@stable
values:
  sync:
    ` + platform + `:
      value:
        myConfigKey: ${my-imported-env-foo}
        myNestedKey:
          haha: ${my-imported-env-bar}
        mySecret: ${my-imported-env-password}
      name: name-on-the-platform # kept
`
}

func TestCompletePatternForm(t *testing.T) {
	t.Parallel()
	for _, one := range platform.All {
		t.Run(one.Name, func(t *testing.T) {
			t.Parallel()
			result := Complete(patternForm(one.Name), Spec{
				Platform: one.Name,
				Target:   obj("platform", one.Name).AsMap(),
			})
			require.Empty(t, result.Problems)
			assert.Contains(t, result.Text, "# kept")
			for _, source := range []string{result.Text, encrypt(t, result.Text)} {
				block := openPayload(t, evaluate(t, source))["sync"].(map[string]any)[one.Name]
				assert.Equal(t, map[string]any{
					"name": "name-on-the-platform",
					"value": map[string]any{
						"myConfigKey": "foo-value",
						"myNestedKey": map[string]any{"haha": "bar-value"},
						"mySecret":    `p@ss"w'ord`,
					},
				}, block)
			}
		})
	}
}

func TestCompleteKeepsOtherConfiguration(t *testing.T) {
	t.Parallel()
	result := Complete("values:\n  sync: {vault: {value: x}}\n  pulumiConfig: {a: b}\n", Spec{
		Platform: "vault", PulumiConfig: obj("vault:address", "http://127.0.0.1:1").AsMap(),
	})
	require.Empty(t, result.Problems)
	config := evaluate(t, result.Text).Properties["pulumiConfig"].Value.(map[string]esc.Value)
	assert.Equal(t, "b", config["a"].Value)
	assert.Equal(t, "http://127.0.0.1:1", config["vault:address"].Value)
	assert.Contains(t, config, PayloadKey)
}

func TestCompleteProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ source, want string }{
		"not YAML":      {"a: [hunter2", "definition: is not YAML: check it with `pulumi env edit` or a YAML linter"},
		"not an object": {"- hunter2", "definition: must be an object with imports and values"},
		"empty":         {"", "definition: must be an object with imports and values"},
		"a wrong tag": {"values: {sync: {vault: {value: {fn::secret: !!float hunter2}}}}",
			"definition: line 1: does not match its YAML tag (!!int, !!float, ...): remove the tag, or fix the value"},
		"no blocks": {
			"values: {sync: hunter2}", "definition.values.sync: must be an object with a block for each platform",
		},
		"imports of none": {
			"imports: []\nvalues: {a: hunter2}", "definition.values: has no sync.vault block with the value to push",
		},
		"unmerged imports": {"imports: [{a/b: {merge: false}}]\nvalues: {a: hunter2}",
			"definition.values: has no sync.vault block with the value to push"},
		"a null that hides an import's": {
			"imports: [a/b]\nvalues: {sync: ~}",
			"definition.values.sync: must be an object with a block for each platform",
		},
		"no block": {"values: {a: hunter2}", "definition.values: has no sync.vault block with the value to push"},
		"another platform": {
			"values: {sync: {awsSecretsManager: {value: x}}}",
			"definition.values.sync: has no block for the destination vault",
		},
		"no value": {
			"values: {sync: {vault: {name: n}}}",
			"definition.values.sync.vault.value: has no value to push: nothing was changed on the platform",
		},
		"an empty value": {
			"values: {sync: {vault: {value: {}}}}",
			"definition.values.sync.vault.value: has a value without any key: nothing was changed on the platform",
		},
		"an empty list": {
			"values: {sync: {vault: {value: []}}}",
			"definition.values.sync.vault.value: has a value without any key: nothing was changed on the platform",
		},
		"an empty text": {
			"imports: [a/b]\nvalues: {sync: {vault: {value: ''}}}",
			"definition.values.sync.vault.value: has an empty text as its value: nothing was changed on the platform",
		},
		"no object": {
			"imports: [a/b]\nvalues: {sync: {vault: hunter2}}",
			"definition.values.sync.vault: must be an object with name and value",
		},
		"doubled keys": {
			"values: {sync: {vault: {value: {a: hunter2, b: [{c: 1, c: 2, c: 3}], a: x}}}}",
			"definition.values.sync.vault.value.a: is given twice: remove one of the " +
				"two\ndefinition.values.sync.vault.value.b[0].c: is given twice: remove one of the two",
		},
		"a second document": {
			"values: {sync: {vault: {value: x}}}\n---\nvalues: {a: hunter2}\n",
			"definition: has a second YAML document, after ---, which ESC would ignore: merge the two",
		},
		"payload is taken": {
			"values: {sync: {vault: {value: x}}, pulumiConfig: {payload: x}}",
			"definition.values.pulumiConfig.payload: is set by the sync: remove it here",
		},
		"payload is taken under another name": {
			"values: {sync: {vault: {value: x}}, pulumiConfig: {'escsync-target:config:payload': hunter2}}",
			`definition.values.pulumiConfig["escsync-target:config:payload"]: is set by the sync: remove it here`,
		},
		"interpolation": {
			"values:\n  sync: {vault: {value: '${a'}}",
			"definition: line 2: missing closing brace '}' in interpolation",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := Complete(test.source, Spec{Platform: "vault", Project: "escsync-target"})
			assert.Equal(t, test.want, result.Problems.Text())
			assert.Empty(t, result.Text)
		})
	}
}

// Otherwise the service would refuse it when the environment is created.
func TestCompleteRefusesAnImportOfItself(t *testing.T) {
	t.Parallel()
	const source = "imports: [p/other, p/e, {p/e@stable: {merge: false}}]\nvalues: {sync: {vault: {value: x}}}"
	const reason = "is the environment of this sync, which cannot import itself: remove it"
	assert.Equal(t, "definition.imports[1]: "+reason+"\ndefinition.imports[2]: "+reason,
		Complete(source, Spec{Platform: "vault", Environment: "p/e"}).Problems.Text())
	assert.Empty(t, Complete(source, Spec{Platform: "vault"}).Problems)

	const legacy = "imports: [e@2, other, {e: {merge: false}}]\nvalues: {sync: {vault: {value: x}}}"
	assert.Equal(t, "definition.imports[0]: "+reason+"\ndefinition.imports[2]: "+reason,
		Complete(legacy, Spec{Platform: "vault", Environment: "default/e"}).Problems.Text())
	assert.Empty(t, Complete(legacy, Spec{Platform: "vault", Environment: "p/e"}).Problems)
}

// ESC accepts any text as a reference, and fails when the environment is opened. It ignores unknown options.
func TestCompleteRefusesWhatIsNoImport(t *testing.T) {
	t.Parallel()
	const rest = "\nvalues: {sync: {vault: {value: x}}}"
	for _, item := range []string{
		"not a ref", "'a b/c'", "a/b@", "a/b/c", "''", "'$(id)'", "a/-b", "{'a b/c': {merge: false}}", "a/b@c@d",
	} {
		assert.Contains(t, Complete("imports: [x/y, "+item+"]"+rest, Spec{Platform: "vault"}).Problems.Text(),
			"definition.imports[1]: must be project/environment", item)
	}
	assert.Equal(t, `definition.imports[0]["a/b@c"].merg: is not an option of an import; the only one is merge`,
		Complete("imports: [{a/b@c: {merg: false}}]"+rest, Spec{Platform: "vault"}).Problems.Text())
	for _, item := range []string{
		"a/b", "a/b@3", "a/b@stable", "legacy", "legacy@2", "{a/b: {merge: false}}", "{a/b: {}}",
	} {
		assert.Empty(t, Complete("imports: ["+item+"]"+rest, Spec{Platform: "vault"}).Problems.Text(), item)
	}
}

// An import may add to the block, ESC may evaluate it, and a document may have start and end markers.
func TestCompleteAcceptsWhatMayBe(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"---\nvalues: {sync: {vault: {value: x}}}\n...\n",
		"imports: [a/b]\nvalues: {a: b}",
		"imports: [a/b]\nvalues: {sync: {vault: {name: n}}}",
		"imports: [a/b]\nvalues: {sync: {vault: {name: n, value: {}}}}",
		"values: {x: {k: v}, sync: {vault: {name: n, value: '${x}'}}}",
		"values: {x: {value: v}, sync: {vault: '${x}'}}",
		"values: {x: {vault: {value: v}}, sync: '${x}'}",
		"values: {sync: {vault: {fn::fromJSON: '{}'}}}",
		"values: {sync: {vault: {value: {fn::secret: x}}}}",
		"values: {sync: {vault: {value: {fn::toBase64: ''}}}}",
	} {
		assert.Empty(t, Complete(source, Spec{Platform: "vault"}).Problems.Text(), source)
	}
}
