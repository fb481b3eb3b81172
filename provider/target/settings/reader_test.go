package settings_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

func reader(t *testing.T, problems *problem.List, texts ...string) *settings.Reader {
	t.Helper()
	names := []string{"first", "second"}
	var layers []settings.Layer
	for i, text := range texts {
		node, err := document.FromJSON([]byte(text))
		require.NoError(t, err)
		layers = append(layers, settings.Layer{Path: problem.At(names[i]), Fields: node.Fields})
	}
	return settings.NewReader(problems, layers...)
}

func lines(problems problem.List) []string {
	problems.Sort()
	var result []string
	for _, p := range problems {
		result = append(result, p.String())
	}
	return result
}

func TestReaderReads(t *testing.T) {
	t.Parallel()
	var problems problem.List
	r := reader(t, &problems,
		`{"a":"x","n":7,"b":true,"list":["p","q"],"ids":[1,2],
			"map":{"k":"v","m":1},"each":[{"z":"1"}],"nil":null}`,
		`{"a":"hidden","c":"below","text7":"7","yes":"true"}`)
	assert.Equal(t, "x", r.Known("a"))
	assert.Equal(t, "below", r.Known("c"))
	assert.Empty(t, r.Known("nil"))
	assert.Equal(t, 7, r.Int("n", 0))
	assert.Equal(t, 7, r.Int("text7", 0))
	assert.Equal(t, 5, r.Int("absent", 5))
	assert.True(t, r.Bool("b", false))
	assert.True(t, r.Bool("yes", false))
	assert.True(t, r.Bool("absent", true))
	assert.Equal(t, []string{"p", "q"}, r.Strings("list"))
	assert.Equal(t, []int{1, 2}, r.Ints("ids"))
	assert.Equal(t, "1", r.Map("map")["m"].Text)
	assert.Len(t, r.Objects("each"), 1)
	assert.Equal(t, "7", r.Scalar("n"))
	assert.Nil(t, r.Input("absent"))
	assert.True(t, r.Has("a"))
	r.Finish()
	assert.Empty(t, lines(problems))
}

func TestReaderReportsEverything(t *testing.T) {
	t.Parallel()
	var problems problem.List
	r := reader(t, &problems,
		`{"a":1,"n":"x","b":"maybe","list":["p",2],"ids":["x"],"map":{"k":[]},"each":["x"],"mode":"other","typo":"hunter2"}`)
	r.Known("a")
	r.Int("n", 0)
	r.Bool("b", false)
	r.Strings("list")
	r.Ints("ids")
	r.Map("map")
	r.Objects("each")
	r.OneOf("mode", "one", "one", "two")
	r.Finish()
	assert.Equal(t, []string{
		"first.a: must be a string, not a number",
		"first.b: must be a boolean, not a string",
		"first.each[0]: must be an object, not a string",
		"first.ids[0]: must be a whole number",
		"first.list[1]: must be a string, not a number",
		"first.map.k: must be a string, not a list",
		"first.mode: must be one of one, two",
		"first.n: must be a whole number",
		"first.typo: there is no such setting; the known ones are a, b, each, ids, list, map, mode, n",
	}, lines(problems))
}

func TestReaderRefusesEmptyTexts(t *testing.T) {
	t.Parallel()
	var problems problem.List
	r := reader(t, &problems, `{"a":"","b":"","c":"","d":"","e":"","list":["x",""],"none":[]}`)
	r.Known("a")
	r.Known("a")
	r.OneOf("b", "x", "x")
	r.Input("c")
	r.Scalar("d")
	assert.Empty(t, r.Text("e"))
	assert.NotNil(t, r.InputText("e"))
	r.Strings("list")
	assert.NotNil(t, r.Strings("none"))
	assert.Nil(t, r.Strings("absent"))
	assert.Equal(t, []string{
		"first.a: must not be empty: leave it out to use the default",
		"first.b: must not be empty: leave it out to use the default",
		"first.c: must not be empty: leave it out to use the default",
		"first.d: must not be empty: leave it out to use the default",
		"first.list[1]: must not be empty",
	}, lines(problems))
}

// A field that is missing in an open layer may still come, so it is not reported, and planning is deferred if it
// needs the field.
func TestReaderOfAnOpenLayer(t *testing.T) {
	t.Parallel()
	asks := map[string]func(r *settings.Reader){
		"Known":   func(r *settings.Reader) { r.Known("x") },
		"Text":    func(r *settings.Reader) { r.Text("x") },
		"Scalar":  func(r *settings.Reader) { r.Scalar("x") },
		"Int":     func(r *settings.Reader) { r.Int("x", 0) },
		"Bool":    func(r *settings.Reader) { r.Bool("x", false) },
		"Strings": func(r *settings.Reader) { r.Strings("x") },
		"Ints":    func(r *settings.Reader) { r.Ints("x") },
	}
	given := map[string]document.Node{"given": {Kind: document.String, Text: "y"}}
	for name, ask := range asks {
		var problems problem.List
		r := settings.NewReader(&problems, settings.Layer{}, settings.Layer{Fields: given, Open: true})
		assert.False(t, r.Has("x"))
		assert.True(t, r.Unknown("x"))
		assert.Equal(t, "y", r.Known("given"))
		assert.False(t, r.Unknown("given"))
		assert.Nil(t, r.Input("x"))
		assert.Nil(t, r.Map("x"))
		assert.Nil(t, r.Objects("x"))
		assert.False(t, r.Deferred(), "a setting that is only passed on may be unknown")
		ask(r)
		assert.True(t, r.Deferred(), name)
		r.Finish()
		assert.Empty(t, problems, name)
	}
}

func TestReaderDefersWhatPlanningNeeds(t *testing.T) {
	t.Parallel()
	unknown := document.Node{Kind: document.Unknown}
	fields := map[string]document.Node{"x": unknown, "l": {Kind: document.List, Items: []document.Node{unknown}},
		"m": {Kind: document.Object, Fields: map[string]document.Node{"k": unknown}}}
	asks := map[string]func(r *settings.Reader){
		"Known":   func(r *settings.Reader) { r.Known("x") },
		"Int":     func(r *settings.Reader) { r.Int("x", 0) },
		"Bool":    func(r *settings.Reader) { r.Bool("x", false) },
		"Strings": func(r *settings.Reader) { r.Strings("l") },
		"Ints":    func(r *settings.Reader) { r.Ints("l") },
		"Map":     func(r *settings.Reader) { r.Map("x") },
		"Objects": func(r *settings.Reader) { r.Objects("x") },
		"Scalar":  func(r *settings.Reader) { r.Scalar("x") },
		"Names":   func(r *settings.Reader) { r.Names("m") },
		"Object":  func(r *settings.Reader) { r.Object("x").Known("y") },
	}
	for name, ask := range asks {
		var problems problem.List
		r := settings.NewReader(&problems, settings.Layer{Fields: fields})
		ask(r)
		assert.True(t, r.Deferred(), name)
		assert.Empty(t, problems, name)
	}
	var problems problem.List
	r := settings.NewReader(&problems, settings.Layer{Fields: fields})
	assert.Equal(t, document.Unknown, r.Input("x").Kind)
	assert.Equal(t, document.Unknown, r.Map("m")["k"].Kind)
	assert.False(t, r.Deferred(), "a setting that is only passed on may be unknown")
}
