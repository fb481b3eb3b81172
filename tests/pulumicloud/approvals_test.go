package pulumicloud

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUpdatesThatNeedApproval(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "values: {a: 1}")
	require.Error(t, c.RequireApproval("p/none", gatedUpdate))
	require.NoError(t, c.RequireApproval("p/e", gatedUpdate))
	message := c.refused(409, "PATCH", envsURL+"/p/e", "values: {a: 2}")
	require.Contains(t, message, "requires updates to be approved via change request")
	c.refused(400, "POST", envsURL+"/p/e/drafts", "values: {a: '${none}'}")

	draft := c.ok("POST", envsURL+"/p/e/drafts", "values: {a: 2}")
	request := "/api/change-requests/acme/" + draft["changeRequestId"].(string)
	c.refused(409, "POST", envsURL+"/p/e/drafts", "values: {a: 3}")
	require.Equal(t, draft, c.ok("GET", envsURL+"/p/e/metadata", nil)["activeChangeRequest"])
	c.refused(400, "POST", request+"/approve", map[string]any{"revisionNumber": 1})
	c.ok("POST", request+"/submit", map[string]any{"description": "why"})
	c.refused(409, "POST", request+"/apply", nil)
	c.ok("POST", request+"/approve", map[string]any{"revisionNumber": 1})
	require.Equal(t, "ready", c.ok("GET", request, nil)["status"])
	require.Equal(t, map[string]any{"a": 1.0}, c.open("p/e"))
	c.ok("POST", request+"/apply", nil)
	require.Equal(t, map[string]any{"a": 2.0}, c.open("p/e"))
	c.refused(400, "POST", request+"/close", nil)

	metadata := c.ok("GET", envsURL+"/p/e/metadata", nil)
	require.Equal(t, []any{gatedUpdate}, metadata["gatedActions"])
	require.NotContains(t, metadata, "activeChangeRequest")
}

// Opening an environment that imports it needs approval too. A check opens nothing.
func TestOpensThatNeedApproval(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("base", "values: {a: 1}")
	c.newEnv("e", "imports: [p/base]")
	require.NoError(t, c.RequireApproval("p/base", gatedOpen))
	message := c.refused(403, "POST", envsURL+"/p/base/open", nil)
	require.Contains(t, message, "opens must be approved for the environment p/base")
	for _, url := range []string{envsURL + "/p/e/open", envsURL + "/yaml/open"} {
		answer := c.do("POST", url, "imports: [p/base]")
		require.Equal(t, 400, answer.status)
		require.Contains(t, string(answer.body), "opens must be approved for the environment p/base")
	}
	c.ok("POST", envsURL+"/p/e/check", nil)
	require.Equal(t, true, c.ok("GET", envsURL+"/p/base/metadata", nil)["openRequestNeeded"])
	require.NoError(t, c.RequireApproval("p/base"))
	require.Equal(t, map[string]any{"a": 1.0}, c.open("p/e"))
}
