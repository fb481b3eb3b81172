package mapping_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

func read(t require.TestingT, text string) document.Node {
	node, err := document.FromJSON([]byte(text))
	require.NoError(t, err)
	return node
}

func TestEntries(t *testing.T) {
	t.Parallel()
	const nested = `{"db":{"user":"u","port":5432,"on":true,"hosts":["a",1]},"empty":{},"blank":""}`
	tests := []struct {
		name, value, mapping, nested string
		want                         []string
		problems                     []string
	}{
		{"json", nested, mapping.JSON, mapping.Flatten, []string{
			`=` + `{"blank":"","db":{"hosts":["a",1],"on":true,"port":5432,"user":"u"},"empty":{}}`}, nil},
		{"json of a string is quoted", `"x"`, mapping.JSON, mapping.Flatten, []string{`="x"`}, nil},
		{"json keeps null", `{"a":null}`, mapping.JSON, mapping.Flatten, []string{`={"a":null}`}, nil},
		{"perKey flattened", nested, mapping.PerKey, mapping.Flatten, []string{
			`blank=`, `db.hosts=["a",1]`, `db.on=true`, `db.port=5432`, `db.user=u`, `empty={}`}, nil},
		{"perKey with objects as JSON", nested, mapping.PerKey, mapping.NestedJSON, []string{
			`blank=`, `db={"hosts":["a",1],"on":true,"port":5432,"user":"u"}`, `empty={}`}, nil},
		{"perKey of null", `{"a":null,"b":"1"}`, mapping.PerKey, mapping.Flatten, []string{`b=1`}, []string{
			"value.a: is null, which cannot be a secret: give it a value or exclude it"}},
		{"perKey of an empty key", `{"":"1"}`, mapping.PerKey, mapping.Flatten, nil, []string{
			"value: has an empty key: give it a name, or use the mapping json"}},
		{"perKey of a string", `"x"`, mapping.PerKey, mapping.Flatten, nil, []string{
			"value: the mapping perKey needs an object, not a string: use json or single"}},
		{"single string", `"x"`, mapping.Single, mapping.Flatten, []string{`=x`}, nil},
		{"single number", `1.10`, mapping.Single, mapping.Flatten, []string{`=1.10`}, nil},
		{"single object", `{"a":"1"}`, mapping.Single, mapping.Flatten, nil, []string{
			"value: the mapping single needs a string, number or boolean, not an object: use json or perKey"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var problems problem.List
			entries, known := mapping.Entries(read(t, test.value), test.mapping, test.nested, problem.At("value"), &problems)
			assert.True(t, known)
			var got, reasons []string
			for _, e := range entries {
				got = append(got, strings.Join(e.Path, ".")+"="+e.Text.Value)
			}
			for _, p := range problems {
				reasons = append(reasons, p.String())
			}
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.problems, reasons)
		})
	}
}

func TestEntriesOfUnknowns(t *testing.T) {
	t.Parallel()
	unknown := document.Node{Kind: document.Unknown}
	var problems problem.List
	_, known := mapping.Entries(unknown, mapping.PerKey, mapping.Flatten, problem.At("value"), &problems)
	assert.False(t, known, "the keys of an unknown value are unknown")

	value := document.Node{Kind: document.Object, Fields: map[string]document.Node{"a": unknown}}
	entries, known := mapping.Entries(value, mapping.PerKey, mapping.Flatten, problem.At("value"), &problems)
	assert.True(t, known)
	require.Len(t, entries, 1)
	assert.True(t, entries[0].Text.Unknown)

	entries, _ = mapping.Entries(value, mapping.JSON, mapping.Flatten, problem.At("value"), &problems)
	assert.True(t, entries[0].Text.Unknown, "JSON that contains an unknown is unknown")
	assert.Empty(t, problems)
}

func TestFilter(t *testing.T) {
	t.Parallel()
	const value = `{"db":{"user":"u","password":"p"},"db2":"x","a.b":"y","list":["z"],"none":{}}`
	tests := []struct {
		name             string
		include, exclude []string
		want             string
	}{
		{"nothing", nil, nil, `{"a.b":"y","db":{"password":"p","user":"u"},"db2":"x","list":["z"],"none":{}}`},
		{"a leaf", []string{"db.user"}, nil, `{"db":{"user":"u"}}`},
		{"everything below", []string{"db"}, nil, `{"db":{"password":"p","user":"u"}}`},
		{"a star crosses dots", []string{"d*"}, nil, `{"db":{"password":"p","user":"u"},"db2":"x"}`},
		{"a question mark", []string{"db?"}, nil, `{"db2":"x"}`},
		{"a key with a dot", []string{"a.b"}, nil, `{"a.b":"y"}`},
		{"exclude", nil, []string{"*.password", "list", "none"}, `{"a.b":"y","db":{"user":"u"},"db2":"x"}`},
		{"exclude wins", []string{"db"}, []string{"db.password"}, `{"db":{"user":"u"}}`},
		{"an emptied object goes", nil, []string{"db.*"}, `{"a.b":"y","db2":"x","list":["z"],"none":{}}`},
		{"nothing left", []string{"nope"}, nil, `{}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := mapping.Filter{Include: test.include, Exclude: test.exclude}.Apply(read(t, value))
			assert.Equal(t, test.want, got.JSON())
		})
	}
}

func TestMatcher(t *testing.T) {
	t.Parallel()
	value := read(t, `{"db":{"user":"u","password":"p"},"other":"x"}`)
	user, whole := []string{"db", "user"}, []string{"db"}
	assert.True(t, mapping.Matcher([]string{"x", "db"}, value)(user))
	assert.True(t, mapping.Matcher([]string{"*.user"}, value)(user))
	assert.True(t, mapping.Matcher([]string{"db.*"}, value)(whole), "a secret that contains a matching key")
	assert.True(t, mapping.Matcher([]string{"db.password"}, value)(whole))
	assert.False(t, mapping.Matcher([]string{"db.password"}, value)(user))
	assert.False(t, mapping.Matcher([]string{"user", "d"}, value)(user))
	assert.False(t, mapping.Matcher(nil, value)(user))
}

// A pattern either includes or excludes each leaf, never both.
func TestFilterAndItsOppositePartition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfDistinct(rapid.StringMatching(`[ab.]{1,4}`), rapid.ID[string]).Draw(t, "keys")
		fields := map[string]document.Node{}
		for _, key := range keys {
			fields[key] = document.Node{Kind: document.String, Text: key}
		}
		value := document.Node{Kind: document.Object, Fields: fields}
		pattern := []string{rapid.StringMatching(`[ab.*?]{0,5}`).Draw(t, "pattern")}
		in := mapping.Filter{Include: pattern}.Apply(value)
		out := mapping.Filter{Exclude: pattern}.Apply(value)
		assert.Len(t, fields, len(in.Fields)+len(out.Fields))
		for key := range in.Fields {
			assert.NotContains(t, out.Fields, key)
		}
	})
}

// Splitting neither loses nor duplicates a key or a text.
func TestPerKeyKeepsEveryLeaf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		paths := rapid.MapOf(rapid.StringMatching(`[a-c]{1,2}`), rapid.MapOfN(rapid.StringMatching(`[a-c.]{1,2}`),
			rapid.String(), 1, 3)).Draw(t, "value")
		value := document.Node{Kind: document.Object, Fields: map[string]document.Node{}}
		leaves := map[[2]string]string{}
		for outer, inner := range paths {
			object := document.Node{Kind: document.Object, Fields: map[string]document.Node{}}
			for key, text := range inner {
				object.Fields[key] = document.Node{Kind: document.String, Text: text}
				leaves[[2]string{outer, key}] = text
			}
			value.Fields[outer] = object
		}
		var problems problem.List
		entries, known := mapping.Entries(value, mapping.PerKey, mapping.Flatten, problem.At("value"), &problems)
		require.True(t, known)
		require.Empty(t, problems)
		require.Len(t, entries, len(leaves))
		for _, e := range entries {
			assert.Equal(t, leaves[[2]string{e.Path[0], e.Path[1]}], e.Text.Value)
		}
	})
}
