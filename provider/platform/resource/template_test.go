package resource

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

func tree(t *testing.T, text string) document.Node {
	t.Helper()
	node, err := document.FromJSON([]byte(text))
	require.NoError(t, err)
	return node
}

func TestFill(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ template, value, want string }{
		"all places": {
			`{"a":"{name}","b":["x-{key}",{"c":"{value}!"}],"{name}":true}`, `"p"`,
			`{"N":true,"a":"N","b":["x-db.pw",{"c":"p!"}]}`,
		},
		"a number":             {`{"a":"{value}","b":"{value}%"}`, `1.50`, `{"a":1.50,"b":"1.50%"}`},
		"a boolean":            {`{"a":"{value}"}`, `true`, `{"a":true}`},
		"a list":               {`{"a":"{value}"}`, `[1,"x"]`, `{"a":[1,"x"]}`},
		"JSON":                 {`{"a":"{\"v\":{value:json}}"}`, `"p\"\n"`, `{"a":"{\"v\":\"p\\\"\\n\"}"}`},
		"base64":               {`{"a":"{value:base64}","b":"b={value:base64}"}`, `1.5`, `{"a":"MS41","b":"b=MS41"}`},
		"keys in a text":       {`{"a":"shop/{keys...}"}`, `"p"`, `{"a":"shop/db/pw"}`},
		"keys in a list":       {`{"a":["shop","{keys...}"]}`, `"p"`, `{"a":["shop","db","pw"]}`},
		"keys alone in a text": {`{"a":"{keys...}"}`, `"p"`, `{"a":"db/pw"}`},
		"a text in braces":     {`{"a":"{{name}} {name}"}`, `"p"`, `{"a":"{name} N"}`},
		"no placeholders": {
			`{"a":"{} {1} {2b} ${x y}","b":null,"c":2}`, `"p"`, `{"a":"{} {1} {2b} ${x y}","b":null,"c":2}`,
		},
		"a value with placeholder": {`{"a":"{value} {name}"}`, `"{name}"`, `{"a":"{name} N"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			node := tree(t, test.value)
			f := filling{
				name: "N", key: "db.pw", keys: []string{"db", "pw"}, text: node.Render(),
				value: value{node: node, json: node.RenderJSON()},
			}
			assert.Equal(t, test.want, f.fillTree(tree(t, test.template)).JSON())
		})
	}
}

// A text that contains the value is secret, and unknown while the value is. All else stays as it was.
func TestFillKeepsSecrets(t *testing.T) {
	t.Parallel()
	template := tree(t, `{"exact":"{value}","inside":"a{value}","json":"{value:json}","name":"{name}",`+
		`"64":"{value:base64}"}`)
	for name, secret := range map[string]bool{"exact": true, "inside": true, "json": true, "64": true, "name": false} {
		known := filling{text: document.Text{Value: "p"}, value: value{node: tree(t, `"p"`)}}
		assert.Equal(t, secret, known.fillTree(template).Fields[name].Secret, name)
		unknown := filling{text: document.Text{Unknown: true}}.fillTree(template).Fields[name]
		assert.Equal(t, secret, unknown.Kind == document.Unknown && unknown.Secret, name)
	}
}

func TestUnknownPlaceholders(t *testing.T) {
	t.Parallel()
	there := func(at, word string) string {
		return at + ": has the unknown placeholder {" + word + "}; the known ones are {name}, {key}, {keys...}, {value}, " +
			"{value:text}, {value:json}, {value:base64}. Write {{" + word + "}} for the literal text"
	}
	var problems problem.List
	used{}.readTree(tree(t, `{"a":["{nam}"],"{value}":"{value}","b":"{{nam}} {a b}",`+
		`"c":["{name_upper}","{ name }","{{{value-json}}}"]}`), problem.At("p"), &problems)
	problems.Sort()
	assert.Equal(t, []string{
		there("p.a[0]", "nam"),
		there("p.c[0]", "name_upper"), there("p.c[1]", " name "), there("p.c[2]", "value-json"),
		`p["{value}"]: has the unknown placeholder {value}; the known ones are {name}, {key}, {keys...}. ` +
			"Write {{value}} for the literal text",
	}, problems.Lines())
}
