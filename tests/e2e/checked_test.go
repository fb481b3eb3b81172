package e2e

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

const imported = "values: {database: {user: hunter2-user, password: {fn::secret: hunter2}}}"

// What only the service knows of a definition is told at preview: at the property that caused it what is wrong with it,
// and by name what an import brings.
func TestPreviewKnowsWhatIsImported(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	require.NoError(t, h.CreateEnvironment(t.Context(), "shop/db", imported))
	destination := unwatched + "destination: {awsSecretsManager: {path: prod/db, region: " + region + "}}\n"

	result, err := h.Preview(t.Context(), write(t, h, oneSync(destination+`
imports: [shop/db]
value: {user: "$${database.user}", password: "x$${database.pasword}"}
environmentValues: {again: "$${database.usr}"}
`)), stack)
	assertPrinted(t, result, err, []string{
		`environmentValues.again: unknown property "usr"`,
		`value.password: unknown property "pasword"`,
	})

	result, err = h.Preview(t.Context(), write(t, h, oneSync(destination+`
imports: [shop/db, shop/none]
value: {user: "$${database.user}", password: "$${none.password}"}
`)), stack)
	assertPrinted(t, result, err, []string{
		"imports[1]: Not Found: Environment 'shop/none' not found; if this program makes it, list",
	})

	result, err = h.Preview(t.Context(), write(t, h, oneSync(destination+`
definition: |
  imports: [shop/db]
  values:
    sync:
      awsSecretsManager:
        value: {password: "$${database.pasword}"}
`)), stack)
	assertPrinted(t, result, err, []string{`definition: line 5: unknown property "pasword"`})

	whole := write(t, h, oneSync(destination+"imports: [shop/db]\nvalue: \"$${database}\"\n"))
	up(t, h, whole)
	changed := strings.Replace(imported, "user: hunter2-user", "token: {fn::secret: hunter2}", 1)
	require.NoError(t, h.UpdateEnvironment(t.Context(), "shop/db", changed))
	result, err = h.Preview(t.Context(), whole, stack, "--diff", "--logtostderr", "-v=9")
	require.NoError(t, err)
	plain := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(result.Stdout+result.Stderr, "")
	assert.Regexp(t, `\+ prod/db/token\s*: \[secret\]`, plain)
	assert.Regexp(t, `- prod/db/user\s*: \[secret\]`, plain)
	assert.NotContains(t, plain, "hunter2")
	_, err = h.Export(t.Context(), whole, stack)
	require.NoError(t, err)
	assert.Empty(t, harness.Leaks(h.Transcript(), "hunter2-user"))
}

// Without an answer a preview goes on, and says once what could not be checked. (How else a service may fail is tested
// where it is called.)
func TestPreviewGoesOnWithoutTheService(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{Middleware: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/yaml/check") {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			next.ServeHTTP(w, r)
		})
	}})
	properties := unwatched + "imports: [shop/none]\nvalue: \"$${database}\"\n" +
		"destination: {awsSecretsManager: {path: prod/db, region: " + region + "}}\n"
	other := strings.ReplaceAll(properties, "prod", "other")
	dir := write(t, h, manySyncs(map[string]string{"db": properties, "other": other}))
	result, err := h.Preview(t.Context(), dir, stack)
	require.NoError(t, err)
	_, diagnostics, _ := strings.Cut(result.Stdout+result.Stderr, "Diagnostics:")
	assert.Equal(t, 1, strings.Count(diagnostics, "could not be checked: the service answers 500"), diagnostics)
}
