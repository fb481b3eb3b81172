package definition

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// handedReferences returns, as JSON, the references that the target receives.
func handedReferences(t *testing.T, source string) string {
	t.Helper()
	target, ok := openPayload(t, evaluate(t, source))["target"].(map[string]any)
	require.True(t, ok)
	text, err := json.Marshal(target["references"])
	require.NoError(t, err)
	return string(text)
}

func TestReferencesInTextsAreHandedOver(t *testing.T) {
	t.Parallel()
	db := obj("token", property.New(property.Null), "port", 5432.0, "user", obj("name", "bob"))
	for name, test := range map[string]struct {
		value, extra property.Value
		want         string
	}{
		"none":         {value: obj("a", "x", "b", "$${db.token}"), want: `null`},
		"alone":        {value: obj("a", "${db.token}", "b", "${db}"), want: `null`},
		"a secret":     {value: obj("a", secret("x${db.token}")), want: `null`},
		"in a text":    {value: obj("a.b", "u:${db.token}@h"), want: `[{"at":["a.b"],"reference":"db.token","value":null}]`},
		"the value":    {value: property.New("port ${db.port}"), want: `[{"at":[],"reference":"db.port","value":5432}]`},
		"twice in one": {value: obj("a", "${db.port} ${db.port}"), want: `[{"at":["a"],"reference":"db.port","value":5432}]`},
		"an object in a list": {value: obj("l$", property.New([]property.Value{property.New("o=${db.user}")})),
			want: `[{"at":["l$",0],"reference":"db.user","value":{"name":"bob"}}]`},
		"two in one": {value: obj("a", `${db["port"]}${db.token}`),
			want: `[{"at":["a"],"reference":"db[\"port\"]","value":5432},{"at":["a"],"reference":"db.token","value":null}]`},
		"by way of another value": {value: obj("x", "${all}"),
			extra: obj("all", obj("url", "${parts[0]}"), "parts",
				property.New([]property.Value{property.New("u:${db.token}@h")})),
			want: `[{"at":["x","url"],"reference":"db.token","value":null}]`},
		"in an object beside what it refers to": {value: obj("x", "${all.a}"),
			extra: obj("all", obj("a", "${all.b}-", "b", "${db.token}-")),
			want:  `[{"at":["x"],"reference":"all.b","value":"-"},{"at":["x"],"reference":"db.token","value":null}]`},
		"of a function": {value: obj("x", "${made}"),
			extra: obj("made", obj("fn::toJSON", "a${db.token}")), want: `null`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := spec(test.value)
			s.EnvironmentValues = property.New(map[string]property.Value{"db": db})
			if !test.extra.IsNull() {
				s.EnvironmentValues = property.New(test.extra.AsMap().Set("db", db))
			}
			result := Render(s)
			require.Empty(t, result.Problems)
			assert.JSONEq(t, test.want, handedReferences(t, result.Text))
		})
	}
}

func TestReferencesInTextsOfADefinition(t *testing.T) {
	t.Parallel()
	result := Complete(`
values:
  a: {token: null, 'k$$': x}
  url: "postgres://u:${a.token}@h"
  sync:
    vault: {name: "n${a.token}", value: {url: "${url}", 'k$$': "k=${a[\"k$\"]}"}}
`, Spec{Platform: "vault", Target: obj("platform", "vault").AsMap()})
	require.Empty(t, result.Problems)
	assert.JSONEq(t, `[{"at":["url"],"reference":"a.token","value":null},
		{"at":["k$"],"reference":"a[\"k$\"]","value":"x"}]`, handedReferences(t, result.Text))
}

// A reference that leads nowhere is reported once, at the text that contains it.
func TestReferencesInTextsAreReportedOnce(t *testing.T) {
	t.Parallel()
	s := spec(obj("url", "u:${none}@h"))
	s.Imports = nil
	problems := Render(s).Problems
	require.Len(t, problems, 1, problems.Text())
	assert.Equal(t, "value.url", problems[0].Path.String())
	problems = Complete(`values: {sync: {vault: {value: {url: "u:${none}@h"}}}}`, Spec{Platform: "vault"}).Problems
	require.Len(t, problems, 1, problems.Text())
}
