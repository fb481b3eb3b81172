package e2e

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

const imported = "values: {database: {user: hunter2-user, password: {fn::secret: hunter2}}}"

// A preview reports what only the service knows about a definition: problems with the property that caused them, and
// the names that an import provides.
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
		"imports[1]: Not Found: Environment 'shop/none' not found; if this program creates it, list",
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

	program := oneSync(destination + "imports: [shop/db]\nvalue: \"$${database}\"\n")
	up(t, h, write(t, h, program))
	// Imported values have changed. On its own, the webhook would push that. Here the program changes as well.
	whole := write(t, h, program+"      environmentValues: {note: new}\n")
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

// Whatever the service does, a preview ends and says once what could not be checked. Of syncs that depend on each
// other, only the first waits for a service that hangs, or that fails each time it is asked for the role.
func TestPreviewGoesOnWithoutTheService(t *testing.T) {
	t.Parallel()
	var fault atomic.Pointer[http.HandlerFunc]
	var checks atomic.Int32
	h := harness.New(t, harness.Options{Middleware: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked := strings.HasSuffix(r.URL.Path, "/check") || strings.HasSuffix(r.URL.Path, "/export") ||
				strings.HasSuffix(r.URL.Path, "/metadata") || strings.HasSuffix(r.URL.Path, "/deployments/settings")
			if fail := fault.Load(); fail != nil && asked && !strings.Contains(r.URL.Path, "/"+stack+"/") {
				if strings.HasSuffix(r.URL.Path, "/yaml/check") {
					checks.Add(1)
				}
				(*fail)(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}})
	properties := unwatched + "imports: [shop/none]\nvalue: \"$${database}\"\n" +
		"destination: {awsSecretsManager: {path: prod/db, region: " + region + "}}\n"
	other := strings.ReplaceAll(properties, "prod", "other")
	program := manySyncs(map[string]string{"db": properties, "other": other})
	dir := write(t, h, strings.Replace(program, "  other:\n", "  other:\n    options: {dependsOn: [\"${db}\"]}\n", 1))
	answers := func(status int, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(text))
		}
	}
	for name, test := range map[string]struct {
		fault  http.HandlerFunc
		said   string
		checks int32
	}{
		"500":     {answers(500, `{"message": "hunter2"}`), "Pulumi Cloud answered 500 Internal Server Error", 1},
		"403":     {answers(403, `{"message": "no right to check"}`), "403 Forbidden: no right to check", 2},
		"garbage": {answers(200, `{"exprs": "hunter2"`), "the response cannot be read", 1},
		"hangs":   {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "no response within 5s", 1},
		"cuts": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write([]byte(`{"exprs": {"a": "hunter2`))
			panic(http.ErrAbortHandler)
		}, "the response cannot be read", 1},
	} {
		fault.Store(&test.fault)
		checks.Store(0)
		result, err := h.Preview(t.Context(), dir, stack)
		require.NoError(t, err, name)
		_, diagnostics, _ := strings.Cut(result.Stdout+result.Stderr, "Diagnostics:")
		plain := strings.Join(strings.Fields(diagnostics), " ")
		assert.Equal(t, 1, strings.Count(plain, "could not be checked"), "%s: %s", name, diagnostics)
		for _, question := range []string{"what is imported", "what the last run pushed", "which approvals are needed"} {
			assert.Equal(t, 1, strings.Count(plain, question), "%s: %s", name, diagnostics)
		}
		assert.Contains(t, plain, test.said, name)
		assert.Equal(t, test.checks, checks.Load(), name)
		assert.NotContains(t, result.Stdout+result.Stderr, "hunter2", name)
	}
}

// A preview learns from the target stack that a run would be refused. It shows only names from the service's answers.
func TestPreviewForeseesARefusedRun(t *testing.T) {
	t.Parallel()
	const marker = "hunter2-held"
	h := harness.New(t, harness.Options{Middleware: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ofRun := r.Header.Get("Accept") != "application/vnd.pulumi+8"
			if ofRun || !strings.HasSuffix(r.URL.Path, awsTarget+"/export") {
				next.ServeHTTP(w, r)
				return
			}
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			w.WriteHeader(answer.Code)
			_, _ = w.Write(bytes.ReplaceAll(answer.Body.Bytes(),
				[]byte(`"outputs":{`), []byte(`"outputs":{"value":"`+marker+`",`)))
		})
	}})
	program := func(value, more string) string {
		return write(t, h, oneSync(unwatched+"value: "+value+"\n"+more+
			"\ndestination: {awsSecretsManager: {path: prod/db, region: "+region+"}}\n"))
	}
	const refused = "the run would be refused: refusing to remove 3 of 4 secrets, as maxDeletions allows 2. " +
		"To allow it once, set maxDeletions to 3. They are awsSecretsManager/prod/db/b,"
	preview := func(program string, args ...string) string {
		result, err := h.Preview(t.Context(), program, stack, args...)
		require.NoError(t, err)
		return strings.Join(strings.Fields(result.Stdout+result.Stderr), " ")
	}
	up(t, h, program("{a: x, b: x, c: x, d: x}", ""))
	said := preview(program("{a: x}", ""), "--logtostderr", "-v=9")
	assert.Contains(t, said, refused)
	assert.NotContains(t, said, marker)
	assert.NotContains(t, preview(program("{a: x}", "maxDeletions: 3")), "would be refused")
	assert.NotContains(t, preview(program("{a: x, b: x, e: x}", "")), "would be refused")
	up(t, h, program("{a: x, b: x, e: x}", ""))
	_, err := h.Export(t.Context(), program("{a: x}", ""), stack)
	require.NoError(t, err)
	assert.Empty(t, harness.Leaks(h.Transcript(), marker))
}
