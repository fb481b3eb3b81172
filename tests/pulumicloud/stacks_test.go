package pulumicloud

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// fill gives a stack a state with one resource.
func (c *cloudUnderTest) fill(stack string) {
	c.t.Helper()
	c.ok("POST", "/api/stacks/"+stack+"/import", `{"version":3,"deployment":{"resources":[{"urn":"u","type":"t"}]}}`)
}

func TestStackLife(t *testing.T) {
	c := startCloud(t, Options{})
	require.Equal(t, 404, c.do("HEAD", "/api/stacks/acme/proj", nil).status)
	c.ok("POST", "/api/stacks/acme/proj", map[string]any{"stackName": "dev", "tags": map[string]string{"a": "b"}})
	require.Contains(
		t,
		c.refused(409, "POST", "/api/stacks/acme/proj", map[string]any{"stackName": "dev"}),
		"already exists",
	)
	c.refused(400, "POST", "/api/stacks/acme/proj", map[string]any{"stackName": "a b"})
	require.Equal(t, 200, c.do("HEAD", "/api/stacks/acme/proj", nil).status)

	got := c.ok("GET", stackURL, nil)
	require.Equal(t, "dev", got["stackName"])
	require.Equal(t, map[string]any{"a": "b"}, got["tags"])
	require.NotContains(t, got, "config")
	require.Equal(t, []string{"acme/proj/dev"}, c.Stacks())
	require.Len(t, c.ok("GET", "/api/user/stacks?project=proj", nil)["stacks"], 1)
	require.Empty(t, c.ok("GET", "/api/user/stacks?project=other", nil)["stacks"])

	require.Nil(t, c.ok("GET", stackURL+"/export", nil)["deployment"])
	require.JSONEq(t, `{"version":3,"deployment":null}`, string(c.StackState("acme/proj/dev")))
	require.Nil(t, c.StackState("acme/proj/none"))

	renamed := c.ok("POST", stackURL+"/rename", map[string]any{"newName": "prod", "newProject": "proj"})
	require.NotEmpty(t, renamed["updateId"])
	c.refused(404, "GET", stackURL, nil)
	require.Equal(t, 204, c.do("DELETE", "/api/stacks/acme/proj/prod", nil).status)
	require.Empty(t, c.Stacks())
}

func TestDeleteStackThatHasResources(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	c.fill("acme/proj/dev")
	for _, query := range []string{"", "?force=false", "?forceDestroy=true"} {
		message := c.refused(400, "DELETE", stackURL+query, nil)
		require.Equal(t, "Bad Request: Stack still contains resources.", message)
	}
	require.Equal(t, 204, c.do("DELETE", stackURL+"?force=true", nil).status)
}

func TestImportAndHistory(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	c.refused(404, "GET", stackURL+"/updates/latest", nil)
	c.fill("acme/proj/dev")
	c.ok("POST", stackURL+"/import", `{"version":3,"deployment":{"resources":[]}}`)
	require.Equal(t, 2.0, c.ok("GET", stackURL+"/updates/latest", nil)["version"])
	updates := c.ok("GET", stackURL+"/updates?pageSize=1&page=2", nil)["updates"].([]any)
	require.Len(t, updates, 1)
	require.Equal(t, 1.0, updates[0].(map[string]any)["version"])

	var old struct{ Deployment struct{ Resources []any } }
	require.NoError(t, json.Unmarshal(c.do("GET", stackURL+"/export/1", nil).body, &old))
	require.Len(t, old.Deployment.Resources, 1)
	c.refused(404, "GET", stackURL+"/export/9", nil)
}

func TestStackTags(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	c.ok("PATCH", stackURL+"/tags", map[string]string{"x": "1", projectTag: "proj"})
	c.refused(400, "PATCH", stackURL+"/tags", map[string]string{projectTag: "other"})
	c.ok("POST", stackURL+"/tags", map[string]string{"name": "y", "value": "2"})
	c.refused(400, "POST", stackURL+"/tags", map[string]string{"name": "y", "value": "3"})
	c.ok("PATCH", stackURL+"/tags/y", map[string]string{"value": "4"})
	c.refused(404, "PATCH", stackURL+"/tags/z", map[string]string{"value": "4"})
	c.refused(400, "PATCH", stackURL+"/tags/"+projectTag, map[string]string{"value": "4"})
	require.Equal(t, 204, c.do("DELETE", stackURL+"/tags/x", nil).status)
	require.Equal(t, map[string]any{"y": "4", projectTag: "proj"}, c.ok("GET", stackURL, nil)["tags"])
}

func TestStackConfig(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	c.refused(404, "GET", stackURL+"/config", nil)
	c.refused(400, "PUT", stackURL+"/config", map[string]string{"environment": "p/missing"})
	c.newEnv("e", "values: {a: 1}")
	c.refused(400, "PUT", stackURL+"/config", map[string]string{"environment": "p/e@9"})
	c.refused(400, "PUT", stackURL+"/config", map[string]string{"environment": "e"})
	require.Equal(t, "p/e", c.ok("PUT", stackURL+"/config", map[string]string{"environment": "p/e"})["environment"])
	require.Equal(t, "p/e", c.ok("GET", stackURL+"/config", nil)["environment"])
	require.Equal(t, map[string]any{"environment": "p/e"}, c.ok("GET", stackURL, nil)["config"])
	require.Equal(t, 204, c.do("DELETE", stackURL+"/config", nil).status)
	c.refused(404, "DELETE", stackURL+"/config", nil)
}

func TestStackSecretsAreBoundToTheirStack(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	c.ok("POST", "/api/stacks/acme/proj", map[string]any{"stackName": "other"})
	sealed := c.ok("POST", stackURL+"/encrypt", map[string]any{"plaintext": "aGk="})
	require.Equal(t, "aGk=", c.ok("POST", stackURL+"/decrypt", sealed)["plaintext"])
	c.refused(400, "POST", "/api/stacks/acme/proj/other/decrypt", sealed)
	c.refused(400, "POST", stackURL+"/decrypt", map[string]any{"ciphertext": "aGk="})
	require.Equal(t, 204, c.do("POST", stackURL+"/decrypt/log-decryption", nil).status)
}
