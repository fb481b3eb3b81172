package target

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

func TestRename(t *testing.T) {
	t.Parallel()
	value := object{"db": object{"user": "u", "password": "p"}, "tls.crt": "c"}
	const (
		at      = "destination.p.keys.rename"
		no      = ": is not a pushed key"
		example = no + ": write the path of one, such as db.password"
	)
	for name, test := range map[string]struct {
		rules    Rules
		keys     object
		want     map[string]string
		problems []string
	}{
		"an exact name": {paths, object{"template": "x_{key}",
			"rename": object{"db.password": "/pass", `["tls.crt"]`: "/crt"}},
			map[string]string{"db.password": "/pass", "db.user": "/p/x_db/user", `["tls.crt"]`: "/crt"}, nil},
		"with nested json": {paths, object{"nested": "json", "rename": object{"db": "/all", `["tls.crt"]`: "/crt"}},
			map[string]string{"db": "/all", `["tls.crt"]`: "/crt"}, nil},
		"an unknown path": {paths, object{"rename": object{"db.pasword": "/a", "q": "/b", `["tls.crt"]`: "/c"}}, nil,
			[]string{at + ".q" + example, at + `["db.pasword"]` + no + "; did you mean db.password?"}},
		"a path as filters have it": {paths, object{"rename": object{"tls.crt": "/c"}, "exclude": []any{"tls*"}}, nil,
			[]string{at + `["tls.crt"]` + example}},
		"an object that is no leaf": {capitals, object{"rename": object{"db": "DB", `["tls.crt"]`: "CRT"}}, nil,
			[]string{at + ".db" + example}},
		"a dropped path": {capitals, object{"exclude": []any{"db.user", "tls*"}, "rename": object{"db.user": "USER"}}, nil,
			[]string{at + `["db.user"]` + example}},
		"a collision": {capitals, object{"exclude": []any{"tls*"}, "rename": object{"db.user": "DB_PASSWORD"}}, nil, []string{
			`value: the keys db.password, db.user all become the name "DB_PASSWORD": exclude all but one, or give the others ` +
				"a name in keys.rename"}},
		"a bad name": {capitals, object{"exclude": []any{"tls*"}, "rename": object{"db.user": "A-B", "db.password": ""}}, nil,
			[]string{at + `["db.password"]: must not be empty`, at + `["db.user"]: is not allowed: letters (page)`}},
		"no capitals": {capitals, object{"exclude": []any{"tls*"}, "rename": object{"db.user": "db_User"}}, nil,
			[]string{at + `["db.user"]: must be in capitals, as the platform stores names`}},
		"no text": {capitals, object{"exclude": []any{"tls*"}, "rename": object{"db.user": 1}}, nil,
			[]string{at + `["db.user"]: must be a string, not a number`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			destination := object{"keys": test.keys}
			if test.rules.Paths {
				destination["path"] = "/p"
			}
			names, _, problems := pushedBy(requestFor(t, destination, value), test.rules)
			assert.Equal(t, test.problems, problems)
			if test.want != nil {
				assert.Equal(t, test.want, names)
			}
		})
	}
}

func TestRenameOfWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	rename := object{"keys": object{"rename": object{"db.user": "USER", "db.x": "X", "q": "Q"}}}
	for name, test := range map[string]struct {
		destination, value object
		known              bool
		problems           int
	}{
		"a name": {object{"keys": object{"rename": object{"db": unknown}}}, object{"db": "x"}, false, 0},
		"a name by its side": {
			object{"keys": object{"rename": object{"db": unknown, "q": "-"}}}, object{"db": "x"}, false, 1,
		},
		"all names":          {object{"keys": object{"rename": unknown}}, object{"db": "x"}, false, 0},
		"all keys":           {object{"keys": unknown}, object{"db": "x"}, false, 0},
		"a leaf":             {rename, object{"db": object{"user": unknown}}, true, 2},
		"what may have keys": {rename, object{"db": unknown}, true, 1},
	} {
		_, known, problems := pushedBy(requestFor(t, test.destination, test.value), capitals)
		assert.Equal(t, test.known, known, name)
		assert.Len(t, problems, test.problems, "%s: %s", name, problems)
	}
	r := requestFor(t, rename, unknown)
	_, known, problems := pushedBy(r, capitals)
	assert.False(t, known)
	assert.Empty(t, problems)
	r = requestFor(t, rename, object{"a": "x"})
	r.MayGrow = true
	_, _, problems = pushedBy(r, capitals)
	assert.Empty(t, problems, "an import may have more keys")
}

// Keys come and go, so a run continues with a warning.
func TestRenameInARun(t *testing.T) {
	t.Parallel()
	r := requestFor(t, object{"keys": object{"rename": object{"gone": "GONE"}}}, object{"a": "x"})
	r.InRun = true
	names, _, problems := pushedBy(r, capitals)
	assert.Equal(t, map[string]string{"a": "A"}, names)
	assert.Empty(t, problems)
	assert.Equal(t, []string{
		"destination.p.keys.rename.gone: is not a pushed key: write the path of one, such as db.password",
	}, lines(*r.Warnings))
}

func TestRenameQuotesNoSecret(t *testing.T) {
	t.Parallel()
	r := requestFor(t, nil, object{"a": "x", "b": "y"})
	rename := node(t, object{"hunter": "hunter", "a": "Hunter", "b": "Hunter"})
	rename.Secret = true
	keys := document.Node{Kind: document.Object, Fields: map[string]document.Node{"rename": rename}}
	r.Settings = settings.NewReader(r.Problems, settings.Layer{
		Path: problem.At("destination").Key("p"), Fields: map[string]document.Node{"keys": keys},
	})
	_, _, problems := pushedBy(r, capitals)
	assert.Equal(t, []string{
		"destination.p.keys.rename: must be in capitals, as the platform stores names",
		"destination.p.keys.rename: is not a pushed key: write the path of one, such as db.password",
		"value: the keys a, b all become the name [secret]: exclude all but one, or give the others a name in keys.rename",
	}, problems)
}

// With mapping json, keys.rename renames the fields on a platform that stores fields.
func TestRenameOfFields(t *testing.T) {
	t.Parallel()
	value := object{"user": "u", "db": object{"port": 1}}
	push := func(rename object) ([]Secret, []string) {
		r := requestFor(t, object{"name": "n", "keys": object{"rename": rename}}, value)
		secrets, _ := r.Secrets(fields)
		return secrets, lines(*r.Problems)
	}
	secrets, problems := push(object{"user": "Any name"})
	assert.Empty(t, problems)
	assert.JSONEq(t, `{"Any name":"u","db":{"port":1}}`, secrets[0].Text.Value)
	_, problems = push(object{"user": "db", "db.port": "x"})
	assert.Equal(t, []string{
		`destination.p.keys.rename["db.port"]: is not a pushed key: write the path of one, such as db.password`,
		`value: the keys db, user all become the name "db": exclude all but one, or give the others a name in keys.rename`,
	}, problems)
	_, _, problems = pushedBy(requestFor(t, object{"name": "n", "keys": object{"rename": object{"a": "b"}}}, "x"), fields)
	assert.Len(t, problems, 1, "a text has no fields")
}
