package definition

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/asset"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func obj(pairs ...any) property.Value {
	m := map[string]property.Value{}
	for i := 0; i < len(pairs); i += 2 {
		switch v := pairs[i+1].(type) {
		case property.Value:
			m[pairs[i].(string)] = v
		case string:
			m[pairs[i].(string)] = property.New(v)
		case float64:
			m[pairs[i].(string)] = property.New(v)
		case bool:
			m[pairs[i].(string)] = property.New(v)
		}
	}
	return property.New(m)
}

func textAsset(t *testing.T) property.Asset {
	t.Helper()
	a, err := asset.FromText("text")
	require.NoError(t, err)
	return a
}

func secret(s string) property.Value { return property.New(s).WithSecret(true) }

func spec(value property.Value) Spec {
	return Spec{
		Imports:  []string{"my-project/my-imported-env@stable"},
		Value:    value,
		Platform: "awsSecretsManager",
		Name:     property.New("name-in-secrets-manager"),
		Target:   obj("platform", "awsSecretsManager", "syncId", "shop/dev/db").AsMap(),
		Project:  "escsync-target",
	}
}

// Each definition equals its file in testdata, and evaluates to the values, plain and as stored. ACCEPT=1 rewrites the
// files.
func TestRenderGolden(t *testing.T) {
	t.Parallel()
	withRegion := spec(obj("k", "v"))
	withRegion.PulumiConfig = obj("aws:region", "us-west-2").AsMap()
	withLogin := spec(obj("k", "${login.user}"))
	withLogin.EnvironmentValues = obj(
		"login", obj("user", "eve", "token", obj("fn::secret", secret("t$1"))),
		"environmentVariables", obj("TOKEN", "${login.token}", "KEY", secret("k${x}")),
		"joined", obj("fn::join", property.New([]property.Value{property.New("-"),
			property.New([]property.Value{property.New("a"), property.New("b")})})),
		"pulumiConfig", obj("aws:skipMetadataApiCheck", "true"),
	)
	scalar := spec(property.New("${my-imported-env-password}"))
	unnamed := spec(obj("a", "b"))
	unnamed.Name = property.Value{}

	for name, s := range map[string]Spec{
		"pattern": spec(obj(
			"myConfigKey", "${my-imported-env-foo}",
			"myNestedKey", obj("haha", "${my-imported-env-bar}"),
			"mySecret", "${my-imported-env-password}")),
		"secrets": spec(
			obj(
				"a",
				obj("b", obj("c", secret("deep $ \" ' \n ${not} secret"))),
				"n",
				property.New(12.5).WithSecret(true),
				"o",
				obj("x", "1").WithSecret(true),
			),
		),
		"literals": spec(
			obj(
				"dollar",
				"pa$$word$",
				"price",
				"$5",
				"escaped",
				"$${db.user}",
				"mixed",
				"u=${db.user}, $$5",
				"empty",
				"",
				"key with \"quotes\"",
				"v",
				"${weird}",
				"v",
				"multi",
				"line\nbreak: #no comment",
				"yes",
				"yes",
				"null",
				"null",
				"number",
				"007",
			),
		),
		"types": spec(
			obj(
				"t",
				true,
				"f",
				false,
				"i",
				42.0,
				"neg",
				-0.5,
				"big",
				1e21,
				"huge",
				9007199254740992.0,
				"nothing",
				property.Value{},
				"list",
				property.New([]property.Value{property.New("${db.user}"), property.New(1.0), obj("k", "v")}),
				"emptyList",
				property.New([]property.Value{}),
				"emptyObject",
				obj(),
			),
		),
		"region":    withRegion,
		"login":     withLogin,
		"scalar":    scalar,
		"no-name":   unnamed,
		"reference": spec(obj("size", "${db.size}", "quoted", `${db["dotted.key"]}`)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := Render(s)
			require.Empty(t, result.Problems)
			golden(t, name+".yaml", result.Text)
			opened := openPayload(t, evaluate(t, result.Text))
			pretty, err := json.MarshalIndent(opened, "", "  ")
			require.NoError(t, err)
			golden(t, name+".payload.json", string(pretty)+"\n")
			assert.Equal(t, opened, openPayload(t, evaluate(t, encrypt(t, result.Text))), "as stored by the service")
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("ACCEPT") != "" {
		require.NoError(t, os.MkdirAll("testdata", 0o750))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run with ACCEPT=1 to write it")
	assert.Equal(t, string(want), got)
}

// An imported environment with its own sync block or payload adds nothing to what is pushed.
func TestRenderIsNotMergedWithImports(t *testing.T) {
	t.Parallel()
	s := spec(obj("mine", "${db.user}"))
	result := Render(s)
	require.Empty(t, result.Problems)
	hostile := imported + `
  sync: {awsSecretsManager: {name: other, value: {theirs: x}}}
  pulumiConfig: {payload: {fn::toBase64: {fn::toJSON: {sync: {awsSecretsManager: {value: {theirs: x}}}}}}}
`
	env := evaluateWith(t, result.Text, environments{"my-project/my-imported-env@stable": hostile})
	block := openPayload(t, env)["sync"].(map[string]any)["awsSecretsManager"]
	assert.Equal(t, map[string]any{"name": "name-in-secrets-manager", "value": map[string]any{"mine": "bob"}}, block)
}

func TestRenderProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		value property.Value
		extra property.Value
		want  []string
	}{
		"function key": {
			value: obj("fn::secret", "x"),
			want:  []string{`value["fn::secret"]: a key cannot begin with "fn::"`},
		},
		"bad interpolation": {value: obj("a", obj("b", "x ${db.user")), want: []string{`value.a.b: ESC interpolation: `}},
		"interpolation in a secret object": {
			value: obj("a", obj("u", "${db.user}", "p", "hunter2").WithSecret(true)),
			want:  []string{`value.a: is secret as a whole and contains ${...} inside`},
		},
		"asset": {
			value: property.New(map[string]property.Value{"a": property.New(textAsset(t))}),
			want:  []string{"value.a: cannot be pushed"},
		},
		"payload is taken": {
			value: obj("a", "b"),
			extra: obj("pulumiConfig", obj("payload", "x")),
			want:  []string{"environmentValues.pulumiConfig.payload: is set by the sync"},
		},
		"payload is taken under its other names": {
			value: obj("a", "b"),
			extra: obj("pulumiConfig", obj("escsync-target:payload", "x", "escsync-target:config:payload", "hunter2")),
			want: []string{
				`environmentValues.pulumiConfig["escsync-target:config:payload"]: is set by the sync`,
				`environmentValues.pulumiConfig["escsync-target:payload"]: is set by the sync`,
			},
		},
		"pulumiConfig is no object": {
			value: obj("a", "b"),
			extra: obj("pulumiConfig", "x"),
			want:  []string{"environmentValues.pulumiConfig: must be an object"},
		},
		"all at once": {value: obj("a", "${", "fn::x", "y"), want: []string{`value.a: `, `value["fn::x"]: `}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := spec(test.value)
			if test.extra.IsMap() {
				s.EnvironmentValues = test.extra
			}
			result := Render(s)
			assert.Empty(t, result.Text)
			require.Len(t, result.Problems, len(test.want), "%v", result.Problems)
			for i, want := range test.want {
				assert.Contains(t, result.Problems[i].String(), want)
				assert.NotContains(t, result.Problems[i].String(), "hunter2")
			}
		})
	}
}

func TestRenderWarnings(t *testing.T) {
	t.Parallel()
	result := Render(spec(obj("s", secret("a${b}"), "y", "$${db.user}")))
	require.Empty(t, result.Problems)
	require.Len(t, result.Warnings, 2)
	assert.Contains(t, result.Warnings[0].String(), "value.s: is secret and contains ${")
	assert.Contains(t, result.Warnings[1].String(), "value.y: contains $${")

	for text, warned := range map[string]bool{
		"a$$b ${db.user}": true, "$$$ ${db.user}": true, "${db.user}$$": true, "$$$${db.user}": true,
		"a$$b": false, "$5 ${db.user}": false, "${db.user}$": false,
	} {
		result := Render(spec(obj("k", text)))
		require.Empty(t, result.Problems, text)
		assert.Equal(t, warned, strings.Contains(result.Warnings.Text(), "value.k: contains $$, which means one "+
			"$"), text)
	}
}

// An error of ESC's parser below environmentValues is reported at the property.
func TestRenderNamesThePropertyOfAnESCError(t *testing.T) {
	t.Parallel()
	s := spec(obj("a", "b"))
	s.EnvironmentValues = obj(
		"plain", "hunter2",
		"login", obj("a.b", property.New([]property.Value{property.New("x"), obj("fn::nope", "hunter2")})),
		"join", obj("fn::join", 3.0),
	)
	result := Render(s)
	assert.Empty(t, result.Text)
	assert.Equal(t, `environmentValues.join["fn::join"]: the argument to fn::join must be a two-valued list`+"\n"+
		`environmentValues.login["a.b"][1]: 'fn::' is a reserved prefix`, result.Problems.Text())
}
