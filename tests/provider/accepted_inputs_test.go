package provider_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/require"
)

// Inputs are not refused if a preview cannot know that they are invalid.
func TestEscSyncAcceptsWhatThePlatformMayAccept(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]props{
		"interpolations": {
			"destination": obj(props{"awsParameterStore": obj(props{"name": str("/n/m")})}), "value": str("${whatever}"),
		},
		"an unknown name": {
			"destination": obj(props{"awsSecretsManager": obj(props{"name": property.New(property.Computed)})}),
		},
		"a setting for another policy": {
			"destination": obj(props{"awsSecretsManager": obj(props{
				"name": str("n"), "recoveryWindowInDays": property.New(7.0),
			})}),
		},
		"a name in a definition": {
			"destination": obj(props{"vault": obj(props{})}), "value": {}, "imports": {},
			"definition": str("values: {sync: {vault: {name: n, value: {a: b}}}}"),
		},
		"a definition that is unknown": {
			"destination": obj(props{"awsSecretsManager": obj(props{"keys": obj(props{"template": str("p{key}")})})}),
			"value":       {}, "imports": {}, "definition": property.New(property.Computed),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assertAccepted(t, patternInputs(in))
		})
	}
}

// A definition is checked like in the target, as far as its text allows.
func TestEscSyncAcceptsADefinitionThatMayBeRight(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		definition string
		settings   props
	}{
		"a name given twice": {definition: "{name: 'a b', value: {a: b}}", settings: props{"name": str("n")}},
		"interpolations": {
			definition: "{name: '${a}', mapping: '${b}', keys: '${d}', value: '${c}'}\n  a: n\n  b: json\n  d: {}\n  c: {k: v}",
		},
		"a function":    {definition: "{name: {fn::toBase64: a}, value: {fn::fromJSON: '{}'}}"},
		"a whole block": {definition: "'${a}'\n  a: {name: n, value: {k: v}}"},
		"what an import may add": {
			definition: "{keys: {template: 'p{key}'}, value: {'a b': x, a_b: y}}\nimports: [a/b]",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			top, more, _ := strings.Cut(test.definition, "\n")
			settings := props{}
			maps.Copy(settings, test.settings)
			assertAccepted(t, patternInputs(props{
				"destination": obj(props{"awsSecretsManager": obj(settings)}), "value": {}, "imports": {},
				"definition": str("values:\n  sync:\n    awsSecretsManager: " + top + "\n" + more),
			}))
		})
	}
}

func assertAccepted(t *testing.T, inputs props) {
	t.Helper()
	req := escSync(inputs)
	req.DryRun = true
	require.NoError(t, construct(t, req).err)
}
