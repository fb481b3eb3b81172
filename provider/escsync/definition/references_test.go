package definition

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDeadReferences(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"values: {a: '${b}', b: 1}":            "",
		"values: {a: 'x${c} ${b}', b: 1}":      `unknown property "c"`,
		"values: {a: '${b.c}', b: {d: 1}}":     `unknown property "c"`,
		"values: {a: '${b}', b: '${a}'}":       "cyclic reference to a",
		"values: {a: {fn::toJSON: '${nope}'}}": `unknown property "nope"`,
		// Definitions that only the service can evaluate are not checked.
		"imports: [a/b]\nvalues: {a: '${c}'}":                                      "",
		"imports: [{a/b: {merge: false}}]\nvalues: {a: '${c}'}":                    "",
		"values: {a: '${environments.shop.database.user}'}":                        "",
		"values: {a: '${ environments.shop.database.user}'}":                       "",
		`values: {a: '${["environments"].shop.database.user}'}`:                    "",
		"values: {a: '${context.pulumi.user.login}'}":                              "",
		"values: {a: {fn::open::aws-login: {x: y}}, b: '${a.accessKeyId}'}":        "",
		"values: {a: {fn::open: {provider: p, inputs: {}}}, b: '${a.b[0]}'}":       "",
		"values: {a: {fn::rotate::x: {inputs: {}}}, b: '${a.current.id}'}":         "",
		"values: {p: {fn::open::p: {}}, a: {fn::fromJSON: '${p.t}'}, b: '${a.x}'}": "",
		"values: {a: {fn::secret: {ciphertext: ZXNjeAAAAAEAAAEA}}, b: '${a.x}'}":   "",
		"values: {a: '$${b}'}": "",
		"values: {}":           "",
	} {
		var got []string
		read, _, err := readESC(source)
		require.NoError(t, err)
		for _, d := range read.deadReferences() {
			got = append(got, d.Summary)
		}
		assert.Equal(t, want, strings.Join(got, "; "), source)
	}
}

// A reference that leads nowhere is reported at the property that contains it.
func TestWhereDeadReferencesAre(t *testing.T) {
	t.Parallel()
	value := obj("k", "${nope}", "list", property.New([]property.Value{property.New("x${a.b}")}),
		"o", obj("a.b", "${pulumiConfig.x}"))
	extra := obj("a", obj("c", "${zz}"))
	for name, test := range map[string]struct {
		spec Spec
		want []string
	}{
		"a platform": {Spec{Value: value, EnvironmentValues: extra, Platform: "vault"}, []string{
			`environmentValues.a.c: unknown property "zz"`, `value.k: unknown property "nope"`,
			`value.list[0]: unknown property "b"`, `value.o["a.b"]: unknown property "x"`,
		}},
		"a program": {Spec{Value: value, EnvironmentValues: extra, Platform: Custom}, []string{
			`environmentValues.a.c: unknown property "zz"`, `value.k: unknown property "nope"`,
			`value.list[0]: unknown property "b"`, `value.o["a.b"]: unknown property "pulumiConfig"`,
		}},
		"all of it": {Spec{Value: property.New("${nope}"), Platform: Custom}, []string{`value: unknown property "nope"`}},
		"with imports": {Spec{
			Imports: []string{"a/b"}, Value: value, EnvironmentValues: extra, Platform: "vault",
		}, []string{""}},
	} {
		assert.Equal(t, strings.Join(test.want, "\n"), Render(test.spec).Problems.Text(), name)
	}
	assert.Empty(t, Complete(`values:
  region: ${pulumiConfig["aws:region"]}
  all: ${pulumiConfig.payload}
  sync: {awsSecretsManager: {name: n, value: {a: b}}}
`, Spec{
		Platform: "awsSecretsManager", Project: "p", PulumiConfig: obj("aws:region", "eu-west-1").AsMap(),
	}).Problems.Text(), "what the sync adds may be referred to")
	completed := Complete("values:\n  sync:\n    vault:\n      value: ${nope}\n", Spec{Platform: "vault"})
	assert.Equal(t, `definition: line 4: unknown property "nope"`, completed.Problems.Text())
}
