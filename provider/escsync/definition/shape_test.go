package definition

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
)

// answerTo returns the service's answer to a definition.
func answerTo(t *testing.T, text string) map[string]esc.Expr {
	t.Helper()
	expressions, findings := checkAsService(t, text, environments{"shop/db": imported + `
  opened: {fn::open::x: {}}
  mixed: {a: 1, b: {fn::open::x: {}}, c: null}
  empty: {}
`})
	require.Empty(t, findings)
	sent, err := json.Marshal(expressions)
	require.NoError(t, err)
	var received map[string]esc.Expr
	require.NoError(t, json.Unmarshal(sent, &received))
	return received
}

// outline returns the keys of a node, with "?" for an unknown value.
func outline(n document.Node) any {
	switch n.Kind {
	case document.Unknown:
		return "?"
	case document.Object:
		fields := map[string]any{}
		for key, field := range n.Fields {
			fields[key] = outline(field)
		}
		return fields
	case document.List:
		var items []any
		for _, item := range n.Items {
			items = append(items, outline(item))
		}
		return items
	case document.Null, document.Bool, document.Number, document.String:
	}
	return n.JSON()
}

// Keys of imported values become known, but no values. Nothing is known of what a provider returns.
func TestShapeGivesKeys(t *testing.T) {
	t.Parallel()
	all := map[string]any{"user": "?", "dotted.key": "?", "size": "?"}
	for name, test := range map[string]struct {
		value property.Value
		want  any
		// settled and unsettled are paths of keys.
		settled, unsettled [][]string
	}{
		"the whole": {property.New("${db}"), all, [][]string{nil, {"user"}, {"dotted.key"}}, [][]string{{"none"}}},
		"a part": {
			obj("a", "${db}", "b", "x"), map[string]any{"a": all, "b": `"x"`}, [][]string{{"a"}, {"a", "user"}}, nil,
		},
		"a text": {obj("a", "n-${db.user}"), map[string]any{"a": "?"}, [][]string{{"a"}}, nil},
		"a list": {
			obj("a", "${hosts}"), map[string]any{"a": "?"}, [][]string{{"a"}, {"a", "1"}}, [][]string{{"a", "2"}, {"a", "x"}},
		},
		"in a list": {
			obj("a", property.New([]property.Value{property.New("${db}")})), map[string]any{"a": []any{all}},
			[][]string{{"a", "0", "user"}}, nil,
		},
		"what is opened": {obj("a", "${opened}"), map[string]any{"a": "?"}, nil, [][]string{{"a"}, {"a", "b"}}},
		"some of it": {
			property.New("${mixed}"), map[string]any{"a": "?", "b": "?", "c": "null"}, [][]string{nil, {"c"}},
			[][]string{{"b"}},
		},
		"nothing in it": {obj("a", "${empty}"), map[string]any{"a": "?"}, nil, [][]string{{"a"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := spec(test.value)
			s.Imports = []string{"shop/db"}
			rendered := Render(s)
			require.Empty(t, rendered.Problems)
			shape := ShapeOf(answerTo(t, rendered.Text))
			var problems problem.List
			known := document.FromProperty(problem.Path{}, interpolatedIsUnknown(test.value), &problems)
			assert.Equal(t, test.want, outline(shape.Refine(known)))
			for _, path := range test.settled {
				assert.True(t, shape.Below(path).Settled(), path)
			}
			for _, path := range test.unsettled {
				assert.False(t, shape.Below(path).Settled(), path)
			}
		})
	}
}

// The block of a user's own definition has the keys that imports add to it.
func TestShapeOfADefinition(t *testing.T) {
	t.Parallel()
	completed := Complete("imports: [shop/db]\nvalues: {sync: {awsSecretsManager: {value: {a: '${block}', b: x}}}}",
		spec(property.Value{}))
	require.Empty(t, completed.Problems)
	shape := ShapeOf(answerTo(t, completed.Text))
	assert.Equal(t, map[string]any{"a": map[string]any{"value": map[string]any{"k": "?"}}, "b": "?"},
		outline(shape.Refine(document.Node{Kind: document.Unknown})))
}

// Whatever a run would refuse inside a text is reported at preview.
func TestReferencesOfAnAnswer(t *testing.T) {
	t.Parallel()
	list := property.New([]property.Value{property.New("-${db}"), property.New("-${hosts}")})
	value := obj("a", "n-${mixed.c}", "list", list, "$x", "-${db}",
		"fine", "-${db.user}-${db.size}", "opened", "-${opened.x}")
	s := spec(value)
	s.Imports = []string{"shop/db"}
	rendered := Render(s)
	require.Empty(t, rendered.Problems)
	var problems problem.List
	node := document.FromProperty(problem.Path{}, value, &problems)
	payload.CheckReferences(problem.At("value"), node, ReferencesOf(answerTo(t, rendered.Text)), &problems)
	problems.Sort()
	require.Len(t, problems, 4)
	for i, want := range []string{
		`value.a: is a text with ${mixed.c} in it, which is null`,
		`value.list[0]: is a text with ${db} in it, which is an object`,
		`value.list[1]: is a text with ${hosts} in it, which is a list`,
		`value["$x"]: is a text with ${db} in it`,
	} {
		assert.Contains(t, problems[i].String(), want)
	}
}

// An answer without a payload gives an unknown shape.
func TestShapeOfAnotherAnswer(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{
		`{}`, `{"pulumiConfig": {}}`, `{"pulumiConfig": {"object": {"payload": {"builtin": {}}}}}`,
	} {
		var expressions map[string]esc.Expr
		require.NoError(t, json.Unmarshal([]byte(answer), &expressions))
		shape := ShapeOf(expressions)
		assert.False(t, shape.Settled())
		assert.Empty(t, ReferencesOf(expressions))
		node := document.Node{Kind: document.Object, Fields: map[string]document.Node{"a": {Kind: document.Unknown}}}
		assert.Equal(t, node, shape.Refine(node))
	}
}

func interpolatedIsUnknown(v property.Value) property.Value {
	switch {
	case v.IsString() && len(v.AsString()) > 1:
		return property.New(property.Computed)
	case v.IsMap():
		m := map[string]property.Value{}
		for key, item := range v.AsMap().All {
			m[key] = interpolatedIsUnknown(item)
		}
		return property.New(m)
	case v.IsArray():
		var items []property.Value
		for _, item := range v.AsArray().All {
			items = append(items, interpolatedIsUnknown(item))
		}
		return property.New(items)
	}
	return v
}
