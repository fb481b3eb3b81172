package pulumicloud

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEnvironmentLife(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "")
	c.refused(409, "POST", envsURL, map[string]any{"project": "p", "name": "e"})
	c.refused(400, "POST", envsURL, map[string]any{"project": "p", "name": "a/b"})
	c.refused(404, "GET", envsURL+"/p/none", nil)
	c.refused(404, "PATCH", envsURL+"/p/none", "values: {}")

	got := c.do("GET", envsURL+"/p/e", nil)
	require.Equal(t, "1", got.header.Get(revisionHeader), "a new environment has an empty first revision")
	require.Empty(t, got.body)

	got = c.do("PATCH", envsURL+"/p/e", "values:\n  a: 1\n")
	require.Equal(t, 200, got.status)
	require.Equal(t, "2", got.header.Get(revisionHeader))
	require.JSONEq(t, `{}`, string(got.body), "an empty list of diagnostics would fail the provider")

	require.Equal(t, 200, c.do("HEAD", envsURL+"/p/e", nil).status)
	require.NotEmpty(t, c.ok("GET", envsURL+"/p/e/metadata", nil)["id"])
	require.Len(t, c.ok("GET", envsURL, nil)["environments"], 1)

	c.ok("PATCH", envsURL+"/p/e/settings", map[string]any{"deletionProtected": true})
	c.refused(409, "DELETE", envsURL+"/p/e", nil)
	c.ok("PATCH", envsURL+"/p/e/settings", map[string]any{"deletionProtected": false})
	require.Equal(t, 200, c.do("DELETE", envsURL+"/p/e", nil).status)
	c.refused(404, "DELETE", envsURL+"/p/e", nil)
}

func TestStoredSecretsAreCiphertext(t *testing.T) {
	c := startCloud(t, Options{})
	const secret = `pa$$ "word"`
	quoted, err := json.Marshal(secret)
	require.NoError(t, err)
	c.newEnv("e", "values:\n  a:\n    fn::secret: "+string(quoted)+"\n")

	got := c.do("GET", envsURL+"/p/e", nil)
	require.Equal(t, "application/x-yaml", got.header.Get("Content-Type"))
	require.NotContains(t, string(got.body), "word")
	require.Contains(t, string(got.body), "ciphertext")
	stored, revision := c.StoredEnvironment("p/e")
	require.Equal(t, string(got.body), stored)
	require.Equal(t, 2, revision)

	require.Contains(t, string(c.do("GET", envsURL+"/p/e/decrypt", nil).body), "word")
	require.Equal(t, map[string]any{"a": secret}, c.open("p/e"))

	// Sending the stored form back preserves the secret. Another environment cannot read it.
	c.ok("PATCH", envsURL+"/p/e", stored)
	require.Equal(t, map[string]any{"a": secret}, c.open("p/e"))
	c.newEnv("thief", "")
	c.do("PATCH", envsURL+"/p/thief", stored)
	require.NotEqual(t, 200, c.do("POST", envsURL+"/p/thief/open", nil).status)
}

func TestETagGuardsAgainstLostUpdates(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "values: {a: 1}")
	tag := c.do("GET", envsURL+"/p/e", nil).header.Get(etagHeader)
	patch := func() int {
		header := http.Header{"Authorization": {"token " + c.token}, etagHeader: {tag}}
		return c.send("PATCH", envsURL+"/p/e", "values: {a: 2}", header).status
	}
	require.Equal(t, 200, patch())
	require.Equal(t, 409, patch())
}

func TestBrokenDefinitionsAreRefusedWithDiagnostics(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "values: {a: 1}")
	for name, definition := range map[string]string{
		"syntax":          "values: [",
		"reference":       "values: {a: '${b}'}",
		"import":          "imports: [p/none]",
		"version":         "imports: [p/e@nothing]",
		"secret":          "values: {a: {fn::secret: '${'}}",
		"cycle to itself": "imports: [p/e]",
		"provider's key":  "values: {a: {fn::open::vault-secrets: {b: '${c}'}}}",
	} {
		t.Run(name, func(t *testing.T) {
			for _, path := range []string{"PATCH " + envsURL + "/p/e", "POST " + envsURL + "/yaml/check"} {
				if name == "cycle to itself" && strings.HasPrefix(path, "POST") {
					continue
				}
				method, path, _ := strings.Cut(path, " ")
				got := c.do(method, path, definition)
				require.Equal(t, 400, got.status, "%s", got.body)
				var f failure
				require.NoError(t, json.Unmarshal(got.body, &f))
				require.Equal(t, 400, f.Code)
				require.NotEmpty(t, f.Diagnostics)
				require.NotEmpty(t, f.Diagnostics[0].Summary)
			}
		})
	}
	_, revision := c.StoredEnvironment("p/e")
	require.Equal(t, 2, revision, "nothing was stored")
}

func TestEnvironmentTags(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "")
	base := envsURL + "/p/e/tags"
	require.Equal(t, "team", c.ok("POST", base, map[string]string{"name": "team", "value": "a"})["name"])
	c.refused(409, "POST", base, map[string]string{"name": "team", "value": "a"})
	c.refused(409, "PATCH", base+"/team", map[string]any{"currentTag": map[string]string{"value": "stale"}})
	c.ok("PATCH", base+"/team", map[string]any{
		"currentTag": map[string]string{"value": "a"}, "newTag": map[string]string{"name": "group", "value": "b"},
	})
	c.refused(404, "GET", base+"/team", nil)
	require.Equal(t, "b", c.ok("GET", base+"/group", nil)["value"])
	require.Len(t, c.ok("GET", base, nil)["tags"], 1)
	require.Equal(t, 204, c.do("DELETE", base+"/group", nil).status)
	require.Empty(t, c.ok("GET", base, nil)["tags"])
}
