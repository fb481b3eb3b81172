package document_test

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/asset"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

func TestJSONIsCanonical(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, give, want string }{
		{"keys sorted and space gone", `{"b": 1, "a": [true, null]}`, `{"a":[true,null],"b":1}`},
		{"numbers keep their digits", `[12345678901234567890, 1.10, 1e400]`, `[12345678901234567890,1.10,1e400]`},
		{"no HTML escapes", `"<a href=\"x\">&\u003c"`, `"<a href=\"x\">&<"`},
		{"control characters stay escaped", `"\n\u0001"`, `"\n\u0001"`},
		{"surrogate pairs", `"\ud83d\ude00"`, `"😀"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			node, err := document.FromJSON([]byte(test.give))
			require.NoError(t, err)
			assert.Equal(t, test.want, node.JSON())
		})
	}
}

func TestFromJSONErrorsContainNoText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{``, `{"a": hunter2}`, `{"a": "hunter2"} hunter2`, `"hunter2`, `1 2`} {
		_, err := document.FromJSON([]byte(text))
		require.Error(t, err, text)
		assert.NotContains(t, err.Error(), "hunter2")
		assert.NotContains(t, err.Error(), "'h'")
	}
}

func TestFromProperty(t *testing.T) {
	t.Parallel()
	var problems problem.List
	node := document.FromProperty(problem.At("value"), property.New(map[string]property.Value{
		"text":    property.New("x"),
		"number":  property.New(1e21),
		"small":   property.New(0.1),
		"whole":   property.New(10.0),
		"yes":     property.New(true),
		"none":    property.New(property.Null),
		"unknown": property.New(property.Computed),
		"list":    property.New([]property.Value{property.New("a").WithSecret(true)}),
		"asset":   property.New(&asset.Asset{Text: "x"}),
	}), &problems)
	require.Len(t, problems, 1)
	assert.Equal(t, "value.asset", problems[0].Path.String())
	assert.True(t, node.HasUnknown())
	assert.Equal(t, document.Unknown, node.Fields["unknown"].Kind)
	assert.True(t, node.Fields["list"].Items[0].Secret)
	assert.False(t, node.Fields["text"].Secret)
	delete(node.Fields, "unknown")
	delete(node.Fields, "asset")
	//nolint:testifylint // The text itself counts.
	assert.Equal(t,
		`{"list":["a"],"none":null,"number":1e+21,"small":0.1,"text":"x","whole":10,"yes":true}`, node.JSON())
}

func TestPropertyRoundTrip(t *testing.T) {
	t.Parallel()
	want := property.New(map[string]property.Value{
		"null": {}, "bool": property.New(true), "number": property.New(1.5), "unknown": property.New(property.Computed),
		"list":   property.New([]property.Value{property.New("a"), property.New("b").WithSecret(true)}),
		"object": property.New(map[string]property.Value{"secret": property.New(property.Computed).WithSecret(true)}),
	})
	var problems problem.List
	got := document.FromProperty(problem.At("value"), want, &problems).Property()
	assert.Empty(t, problems)
	assert.True(t, want.Equals(got), "%v", got)
}

func TestSecretnessIsInherited(t *testing.T) {
	t.Parallel()
	var problems problem.List
	node := document.FromProperty(problem.At("value"), property.New(map[string]property.Value{
		"a": property.New(map[string]property.Value{"b": property.New("x")}).WithSecret(true),
	}), &problems)
	assert.True(t, node.Fields["a"].Fields["b"].Secret)
}

// Writing any value and reading it back gives the same value.
func TestJSONRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		node := anyNode(3).Draw(t, "node")
		text := node.JSON()
		require.True(t, json.Valid([]byte(text)), text)
		again, err := document.FromJSON([]byte(text))
		require.NoError(t, err)
		assert.Equal(t, text, again.JSON())
	})
}

func anyNode(depth int) *rapid.Generator[document.Node] {
	scalars := []*rapid.Generator[document.Node]{
		rapid.Just(document.Node{}),
		rapid.Map(rapid.String(), func(s string) document.Node { return document.Node{Kind: document.String, Text: s} }),
		rapid.Map(rapid.StringMatching(`-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?`), func(s string) document.Node {
			return document.Node{Kind: document.Number, Text: s}
		}),
	}
	if depth == 0 {
		return rapid.OneOf(scalars...)
	}
	below := anyNode(depth - 1)
	return rapid.OneOf(append(scalars,
		rapid.Map(rapid.SliceOfN(below, 0, 3), func(items []document.Node) document.Node {
			return document.Node{Kind: document.List, Items: items}
		}),
		rapid.Map(rapid.MapOfN(rapid.String(), below, 0, 3), func(fields map[string]document.Node) document.Node {
			return document.Node{Kind: document.Object, Fields: fields}
		}),
	)...)
}
