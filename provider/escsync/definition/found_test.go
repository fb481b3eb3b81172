package definition

import (
	"context"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// checkAsService evaluates a definition as the service does for a preview.
func checkAsService(t *testing.T, text string, imports environments) (map[string]esc.Expr, []Finding) {
	t.Helper()
	declared, diagnostics, err := eval.LoadYAMLBytes(esc.AnonymousEnvironmentName, []byte(text))
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	exec, err := esc.NewExecContext(map[string]esc.Value{})
	require.NoError(t, err)
	environment, diagnostics := eval.CheckEnvironment(context.Background(), esc.AnonymousEnvironmentName, declared,
		newCrypter(t), unread{}, imports, exec, false, eval.EvalOptions{})
	var findings []Finding
	for _, d := range diagnostics {
		f := Finding{Summary: d.Summary, Line: d.Subject.Start.Line, Column: d.Subject.Start.Column}
		if d.Subject.Filename != esc.AnonymousEnvironmentName {
			f.Environment = d.Subject.Filename
		}
		findings = append(findings, f)
	}
	return environment.Exprs, findings
}

// The service reports a line of the rendered text, which no user has seen. Found reports the property behind it.
func TestFoundIsReportedAtItsProperty(t *testing.T) {
	t.Parallel()
	value := obj(
		"plain", "${nope.a}", "inside", "${db.user} and ${db.usr}", "known", "${db.user}",
		"lines", "one\ntwo ${db.usr}\n${db.user}", "a.b", obj("c\"d", "${nope}"),
		"list", property.New([]property.Value{property.New("x"), obj("k", "${hosts[7]}")}),
		"long", strings.Repeat("word ", 60)+"${nope}", "colon", "a: ${nope}", "wide", "日本 ${nope}",
	)
	extra := obj(
		"login", obj("fn::open::x", obj("role", "${nope}")),
		"checked", obj("fn::validate", obj("schema", obj("type", "string", "const", "hunter2"), "value", "other")),
		"parsed", obj("fn::fromJSON", "hunter2"),
		"secret", obj("fn::toString", obj("fn::secret", "x")),
	)
	want := []string{
		`environmentValues.checked["fn::validate"].value: not one of the allowed values`,
		`environmentValues.login["fn::open::x"].role: unknown property "nope"`,
		`environmentValues.parsed: decoding JSON string: it is not valid`,
		`value.colon: unknown property "nope"`,
		`value.inside: unknown property "usr"; did you mean "user"?`,
		`value.lines: unknown property "usr"; did you mean "user"?`,
		`value.list[1].k: array index 7 out-of-bounds for array of length 2`,
		`value.long: unknown property "nope"`,
		`value.plain: unknown property "nope"`,
		`value.wide: unknown property "nope"`,
		`value["a.b"]["c\"d"]: unknown property "nope"`,
	}
	for _, platform := range []string{"awsSecretsManager", Custom} {
		s := spec(value)
		s.EnvironmentValues, s.Platform, s.Imports = extra, platform, []string{"shop/db"}
		rendered := Render(s)
		require.Empty(t, rendered.Problems)
		_, findings := checkAsService(t, rendered.Text, environments{"shop/db": imported})
		problems, _ := Found(rendered.Text, "", findings)
		problems.Sort()
		assert.Equal(t, want, problems.Lines(), platform)
	}
}

func TestFoundInADefinitionIsReportedByLine(t *testing.T) {
	t.Parallel()
	source := `# the shop's
imports: [shop/db]
values:
  # a comment
  # and another
  sync:
    awsSecretsManager: {value: {user: "${db.usr}",
      password: "${db.user}"}}
`
	completed := Complete(source, spec(property.Value{}))
	require.Empty(t, completed.Problems)
	_, findings := checkAsService(t, completed.Text, environments{"shop/db": imported})
	problems, _ := Found(completed.Text, source, findings)
	problems.Sort()
	assert.Equal(t, []string{
		`definition: line 7: unknown property "usr"; did you mean "user"?`,
	}, problems.Lines())

	_, findings = checkAsService(t, completed.Text, environments{})
	problems, _ = Found(completed.Text, source, findings)
	assert.Equal(t, []string{
		`definition.imports[0]: there is no environment shop/db; if this program creates it, list that resource in dependsOn`,
	}, problems.Lines(), "and nothing of what it may have")

	for i := range findings {
		findings[i].Awaits = true
	}
	problems, _ = Found(completed.Text, source, findings)
	assert.Equal(t, []string{"definition.imports[0]: there is no environment shop/db"}, problems.Lines())
}

// A finding in an imported environment is reported at the import, and one without a position at the whole definition.
func TestFoundElsewhere(t *testing.T) {
	t.Parallel()
	text := "imports:\n  - shop/db@3\n  - shop/other:\n      merge: false\nvalues: {}\n"
	for name, test := range map[string]struct {
		source  string
		finding Finding
		want    string
	}{
		"in an import":               {"", Finding{Environment: "shop/db", Line: 9, Column: 9}, "imports[0]: s"},
		"in an import with options":  {"", Finding{Environment: "shop/other", Line: 1, Column: 1}, "imports[1]: s"},
		"in what an import imports":  {"", Finding{Environment: "shop/deep", Line: 1, Column: 1}, "imports: s"},
		"at a path":                  {"", Finding{Path: "imports[0]"}, "imports[0]: s"},
		"at no path":                 {"", Finding{Path: "values.none"}, "value: s"},
		"nowhere":                    {"", Finding{}, "value: s"},
		"nowhere in a definition":    {text, Finding{}, "definition: s"},
		"import of a definition":     {text, Finding{Environment: "shop/other"}, "definition.imports[1]: s"},
		"not in the user's own part": {"imports: []", Finding{Line: 5, Column: 1}, "definition: s"},
	} {
		test.finding.Summary = " s "
		problems, warnings := Found(text, test.source, []Finding{test.finding})
		assert.Empty(t, warnings, name)
		reported, _, _ := strings.Cut(problems.Text(), ";")
		assert.Equal(t, test.want, reported, name)
	}
}

// Even a failed import that is only a warning hides unknown properties, which it may have.
func TestFoundSetsWarningsAside(t *testing.T) {
	t.Parallel()
	const text = "imports: [shop/none]\nvalues:\n  a: ${b}\n"
	problems, warnings := Found(text, "", []Finding{
		{Summary: "no shop/none", Line: 1, Column: 11, Warning: true},
		{Summary: `unknown property "b"`, Line: 3, Column: 6},
	})
	assert.Empty(t, problems)
	assert.Equal(t, []string{"imports[0]: no shop/none"}, warnings.Lines())
}
