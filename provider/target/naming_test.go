package target

import (
	"errors"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

type object = map[string]any

// paths are the rules of a platform with paths, and capitals those of one that stores names in upper case.
var (
	paths = Rules{
		Codec: keyname.Codec{Separator: "/"}, Paths: true, Value: limit.Value{MaxBytes: 99},
		Name: limit.Name{Pattern: regexp.MustCompile(`^[a-z/_]+$`), Grammar: "small letters", MaxLength: 20, Source: "page",
			Reserved: func(name string) error {
				if name[0] != '/' {
					return errors.New("must begin with /")
				}
				return nil
			}},
	}
	capitals = Rules{
		Codec: keyname.Codec{Separator: "_", Upper: true}, CaseInsensitive: true, Value: limit.Value{MaxBytes: 99},
		Name: limit.Name{Pattern: regexp.MustCompile(`^[A-Za-z_]+$`), Grammar: "letters", MaxLength: 20, Source: "page"},
	}
	fields = Rules{
		Codec: keyname.Codec{Separator: "/"}, JSONFields: true, Paths: true, Value: limit.Value{MaxBytes: 99},
		Name: limit.Name{Pattern: regexp.MustCompile(`^[a-z/]+$`), Grammar: "small letters", MaxLength: 20, Source: "page"},
	}
)

// unknown stands for an input that is unknown at preview.
const unknown = "<unknown>"

// requestFor returns a request at preview, with the destination and value in JSON form.
func requestFor(t *testing.T, destination, value any) Request {
	t.Helper()
	problems := &problem.List{}
	at := problem.At("destination").Key("p")
	return Request{
		Value: withUnknown(node(t, value)), ValuePath: problem.At("value"), Problems: problems,
		Warnings: &problem.List{},
		Settings: settings.NewReader(problems,
			settings.Layer{Path: at, Fields: withUnknown(node(t, destination)).Fields}),
		PolicySettings: settings.NewReader(problems, settings.Layer{}),
	}
}

func withUnknown(n document.Node) document.Node {
	if n.Kind == document.String && n.Text == unknown {
		return document.Node{Kind: document.Unknown}
	}
	for key, field := range n.Fields {
		n.Fields[key] = withUnknown(field)
	}
	return n
}

// pushedBy returns the names by key, and the problems of a request.
func pushedBy(r Request, rules Rules) (names map[string]string, known bool, problems []string) {
	secrets, known := r.Secrets(rules)
	r.Settings.Finish()
	names = map[string]string{}
	for _, s := range secrets {
		names[s.Key] = s.Name
	}
	return names, known && !r.Settings.Deferred(), lines(*r.Problems)
}

func lines(list problem.List) []string {
	list.Sort()
	var result []string
	for _, p := range list {
		result = append(result, p.String())
	}
	return result
}

// The program's inputs decide: a value that changes its kind is never pushed under another name.
func TestDefaultMapping(t *testing.T) {
	t.Parallel()
	keys, list := object{"a": "x"}, []any{"x"}
	const (
		noName  = "destination.p.name: required with the mapping "
		noKeys  = ", but path needs an object with keys: use name instead of path"
		theName = "destination.p.name: is the name of one secret, but with perKey every key becomes a secret: " +
			"leave it out"
		withPath = "destination.p.name: is the name of one secret, but with path every key becomes a secret: " +
			"leave it out, or leave out path to have one secret"
		keyAtTop = theName + ", and use path for what comes before every key"
	)
	for name, test := range map[string]struct {
		destination object
		value       any
		pattern     bool
		want        map[string]string
		problems    []string
	}{
		"a name and a text":         {object{"name": "/n"}, "x", false, map[string]string{"": "/n"}, nil},
		"a name and an object":      {object{"name": "/n"}, keys, false, map[string]string{"": "/n"}, nil},
		"a name and a list":         {object{"name": "/n"}, list, false, map[string]string{"": "/n"}, nil},
		"a name and what comes yet": {object{"name": "/n"}, unknown, false, map[string]string{"": "/n"}, nil},
		"a path and an object":      {object{"path": "/p"}, keys, false, map[string]string{"a": "/p/a"}, nil},
		"a path and a text": {object{"path": "/p"}, "x", false, map[string]string{},
			[]string{"value: is a string" + noKeys}},
		"a path and a list": {object{"path": "/p"}, list, false, map[string]string{},
			[]string{"value: is a list" + noKeys}},
		"neither and a text": {nil, "x", false, map[string]string{}, []string{noName + "single, but not given"}},
		"neither and a list": {nil, list, false, map[string]string{}, []string{noName + "json, but not given"}},
		"a mapping counts before": {object{"name": "/n", "mapping": "json"}, "x", false,
			map[string]string{"": "/n"}, nil},
		"a name and perKey": {object{"name": "/n", "mapping": "perKey", "keys": object{"template": "/{key}"}},
			keys, false, map[string]string{"a": "/a"}, []string{keyAtTop}},
		"a name that comes yet and a path": {object{"name": unknown, "path": "/p"}, keys, false,
			map[string]string{}, []string{withPath}},
		"a name and a path": {object{"name": "/n", "path": "/p"}, keys, false, map[string]string{"a": "/p/a"},
			[]string{withPath}},
		"the pattern":             {object{"name": "/n"}, keys, true, map[string]string{"": "/n"}, nil},
		"the pattern with a path": {object{"path": "/p"}, keys, true, map[string]string{"a": "/p/a"}, nil},
		"the pattern without name": {nil, keys, true, map[string]string{},
			[]string{noName + "json, but not given"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := requestFor(t, test.destination, test.value)
			r.PatternForm = test.pattern
			names, _, problems := pushedBy(r, paths)
			assert.Equal(t, test.want, names)
			assert.Equal(t, test.problems, problems)
		})
	}
	names, _, problems := pushedBy(requestFor(t, nil, keys), capitals)
	assert.Equal(t, map[string]string{"a": "A"}, names)
	assert.Empty(t, problems)
	_, _, problems = pushedBy(requestFor(t, object{"name": "n", "mapping": "perKey"}, keys), capitals)
	assert.Equal(t, []string{theName + ", and put text before every key with keys.template, such as SHOP_{key}"}, problems)
}

// A path that makes every name invalid is reported once, not for each key.
func TestPath(t *testing.T) {
	t.Parallel()
	const levels = "destination.p.path: must not end with a slash or contain two in a row: a level would have no name"
	for path, want := range map[string]string{
		"/p":            "",
		"/p/q":          "",
		"/p/":           levels,
		"/p//q":         levels,
		"p":             "destination.p.path: a name below it must begin with / (page)",
		"/P":            "destination.p.path: a name below it is not allowed: small letters (page)",
		"/abcdefghijkl": "", // names below it are too long because of their keys
		"/abcdefghijklmnopqrst": "destination.p.path: a name below it has 23 characters, and at most 20 are allowed " +
			"(page)",
	} {
		_, _, problems := pushedBy(requestFor(t, object{"path": path}, object{"a": "x", "b": object{"c": "y"}}), paths)
		if want == "" {
			assert.Empty(t, problems, path)
		} else {
			assert.Equal(t, []string{want}, problems, path)
		}
	}
	_, known, problems := pushedBy(requestFor(t, object{"path": unknown}, object{"a": "x"}), paths)
	assert.False(t, known)
	assert.Empty(t, problems)
	_, _, problems = pushedBy(requestFor(t, object{"path": "/p"}, object{"a/": "x", "/b": "y"}), paths)
	assert.Len(t, problems, 2, "a level without a name comes from the key")
	_, _, problems = pushedBy(requestFor(t, object{"path": "p"}, object{"a": "x"}), capitals)
	assert.Equal(t, []string{
		"destination.p.path: there is no such setting; the known ones are keys, mapping, name",
	}, problems)
}
