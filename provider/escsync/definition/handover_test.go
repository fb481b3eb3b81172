package definition

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHandover(t *testing.T) {
	t.Parallel()
	custom := func(value property.Value) Spec {
		s := spec(value)
		s.Platform = Custom
		return s
	}
	for name, test := range map[string]struct {
		result Result
		file   string
		noName bool
	}{
		"an object is JSON":  {Render(custom(obj("b", "${db.user}", "a", secret("x$y")))), `{"a":"x$y","b":"bob"}`, false},
		"a string is itself": {Render(custom(property.New("${my-imported-env-password}"))), `p@ss"w'ord`, false},
		"a secret string":    {Render(custom(secret("x${y}\n"))), "x${y}\n", false},
		"a number":           {Render(custom(property.New(12.0))), "12", false},
		"an object by name":  {Render(custom(property.New("${db}"))), `{"dotted.key":"dot","size":10,"user":"bob"}`, false},
		"a number by name":   {Render(custom(property.New("${db.size}"))), "10", false},
		"a list by name":     {Render(custom(property.New("${hosts}"))), `["a","b"]`, false},
		"text with a name":   {Render(custom(property.New("${db.user}, $$ and ${db.size}"))), "bob, $ and 10", false},
		"a published definition": {
			Complete(patternForm("awsSecretsManager"), Spec{Platform: Custom}),
			`{"myConfigKey":"foo-value","myNestedKey":{"haha":"bar-value"},"mySecret":"p@ss\"w'ord"}`,
			false,
		},
		"a definition's scalar": {Complete("values: {sync: {x: {value: 'a b'}}}", Spec{Platform: Custom}), "a b", true},
		"a definition's number": {Complete("values: {sync: {x: {value: 5}}}", Spec{Platform: Custom}), "5", true},
		"a definition's reference to a string": {
			Complete("values: {a: 'b\"c', sync: {x: {value: '${a}'}}}", Spec{Platform: Custom}), `b"c`, true,
		},
		"a definition's inherited object": {
			Complete("imports: [my-project/my-imported-env@stable]\nvalues: {sync: {x: '${block}'}}", Spec{Platform: Custom}),
			`{"k":"v"}`,
			true,
		},
		"a block whose key is no name": {
			Complete(`values: {sync: {'a.b "c"': {name: n, value: {k: 3}}}}`, Spec{Platform: Custom}), `{"k":3}`, false,
		},
		"one block of several, by a key that is no name": {
			Complete(
				"values: {sync: {x.y: {value: {k: 1}}, x: {value: {k: 2}}}}",
				Spec{Platform: Custom, Target: obj("syncKey", "x.y").AsMap()},
			),
			`{"k":1}`,
			true,
		},
		"one block of several": {
			Complete(
				"values: {sync: {x: {value: {k: 1}}, y: {value: {k: 2}}}}",
				Spec{Platform: Custom, Target: obj("syncKey", "y").AsMap()},
			),
			`{"k":2}`,
			true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Empty(t, test.result.Problems)
			env := evaluate(t, test.result.Text)
			assert.Equal(t, test.file, handedOverText(t, env))
			config, _ := env.Properties["pulumiConfig"].Value.(map[string]esc.Value)
			assert.NotContains(t, config, PayloadKey)
			_, named := config[SecretNameKey]
			assert.Equal(t, test.noName, !named)
		})
	}
	for _, key := range []string{"a$b", `a\`, "a\u00a0b"} {
		assert.Equal(t, "definition.values.sync: must have a key without $, backslashes or unprintable characters",
			Complete("values: {sync: {'"+key+"': {value: x}}}", Spec{Platform: Custom}).Problems.Text())
		assert.Equal(t, "destination.custom.syncKey: must have a key without $, backslashes or unprintable characters",
			Complete("values: {sync: {x: {value: x}}}", Spec{
				Platform: Custom, Target: obj("syncKey", key).AsMap(),
			}).Problems.Text())
	}
	assert.Equal(t,
		"definition.values.sync: must have exactly one block, or destination.custom.syncKey must say which one is meant",
		Complete("values: {sync: {x: {value: 1}, y: {value: 2}}}", Spec{Platform: Custom}).Problems.Text())
}

// An imported environment may belong to another custom sync. None of its values may replace ours.
func TestHandoverIsNotThatOfAnImport(t *testing.T) {
	t.Parallel()
	render := func(value property.Value, imports ...string) string {
		result := Render(Spec{Platform: Custom, Value: value, Imports: imports})
		require.Empty(t, result.Problems)
		return result.Text
	}
	others := environments{
		"my-project/my-imported-env": imported,
		"escsync/other":              render(property.New("${my-imported-env-password}"), "my-project/my-imported-env"),
	}
	for name, test := range map[string]struct {
		value property.Value
		want  string
	}{
		"a secret in quotes":      {secret(`"quoted" own`), `"quoted" own`},
		"a plain text in quotes":  {property.New(`"own"`), `"own"`},
		"a reference to a string": {property.New("${my-imported-env-foo}"), "foo-value"},
		"an object":               {obj("a", "b"), `{"a":"b"}`},
	} {
		env := evaluateWith(t, render(test.value, "escsync/other"), others)
		assert.Equal(t, test.want, handedOverText(t, env), name)
	}
}
