package pulumicloud

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestErrorsCarryTheirCodeInTheBody(t *testing.T) {
	c := startCloud(t, Options{})
	c.refused(404, "GET", "/api/nothing/here", nil)
	c.refused(404, "GET", stackURL, nil)
	c.refused(404, "POST", "/api/stacks/other/proj", map[string]any{"stackName": "dev"})
	c.refused(404, "PUT", "/api/user", nil)
	c.newStack()
	c.refused(400, "PATCH", stackURL+"/tags", "{not json")

	anonymous := c.as("pul-wrong")
	anonymous.refused(401, "GET", "/api/user", nil)
	got := c.send("GET", "/api/user", nil, http.Header{})
	require.Equal(t, 401, got.status)
}

func TestBodiesMayBeZipped(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := w.Write([]byte(`{"plaintexts":["aGk="]}`))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	header := http.Header{"Authorization": {"token " + c.token}, "Content-Encoding": {"gzip"}}

	got := c.send("POST", stackURL+"/batch-encrypt", zipped.Bytes(), header)
	require.Equal(t, 200, got.status, "%s", got.body)
	var encrypted struct{ Ciphertexts [][]byte }
	require.NoError(t, json.Unmarshal(got.body, &encrypted))
	require.Len(t, encrypted.Ciphertexts, 1)

	decrypted := c.ok("POST", stackURL+"/batch-decrypt", encrypted)
	require.Len(t, decrypted["plaintexts"], 1)
	for _, plain := range decrypted["plaintexts"].(map[string]any) {
		require.Equal(t, "aGk=", plain)
	}

	got = c.send("POST", stackURL+"/batch-encrypt", "plain", header)
	require.Equal(t, 400, got.status, "a body that only says it is gzip")
}

func TestTraceContainsNoBodies(t *testing.T) {
	var trace bytes.Buffer
	c := startCloud(t, Options{Log: &trace})
	c.newEnv("e", "values: {a: {fn::secret: hidden-value}}")
	require.NoError(t, c.Close())
	require.Contains(t, trace.String(), "PATCH /api/esc/environments/acme/p/e 200\n")
	require.NotContains(t, trace.String(), "hidden-value")
	require.NotContains(t, trace.String(), c.AccessToken())
}

func TestMiddlewareSeesEveryRequest(t *testing.T) {
	var paths []string
	c := startCloud(t, Options{Middleware: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			paths = append(paths, r.URL.Path)
			if strings.HasSuffix(r.URL.Path, "/boom") {
				http.Error(w, `{"code":503,"message":"Service Unavailable: injected"}`, http.StatusServiceUnavailable)
				return
			}
			next.ServeHTTP(w, r)
		})
	}})
	c.ok("GET", "/api/user", nil)
	c.refused(503, "GET", "/api/boom", nil)
	require.Equal(t, []string{"/api/user", "/api/boom"}, paths)
}

func TestAccount(t *testing.T) {
	c := startCloud(t, Options{Organization: "acme"})
	require.Equal(t, userLogin, c.ok("GET", "/api/user", nil)["githubLogin"])
	require.Equal(t, "acme", c.ok("GET", "/api/user/organizations/default", nil)["GitHubLogin"])
	require.Equal(t, []any{map[string]any{"capability": "batch-encrypt"}},
		c.ok("GET", "/api/capabilities", nil)["capabilities"])
}
