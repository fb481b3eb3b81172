package pulumicloud

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTeamPermissions(t *testing.T) {
	c := startCloud(t, Options{})
	url := orgURL + "/teams/syncers"
	c.refused(404, "GET", url, nil)
	c.grant("e", "open")
	c.refused(400, "PATCH", url, map[string]any{"addEnvironmentPermission": map[string]any{"permission": "fly"}})
	c.ok(
		"PATCH",
		url,
		map[string]any{"addStackPermission": map[string]any{"projectName": "p", "stackName": "s", "permission": 102}},
	)
	c.ok("PATCH", url, map[string]any{"memberAction": "add", "member": "someone"})
	got := c.ok("GET", url, nil)
	require.Equal(t, []any{map[string]any{
		"envName": "e", "projectName": "p", "permission": "open", "maxOpenDuration": "1h0m0s",
	}}, got["environments"])
	require.Len(t, got["stacks"], 1)
	require.Len(t, got["members"], 1)

	c.grant("e", "admin")
	require.Len(t, c.ok("GET", url, nil)["environments"], 1)
	c.ok("PATCH", url, map[string]any{"removeEnvironment": map[string]any{"envName": "e", "projectName": "p"}})
	c.ok("PATCH", url, map[string]any{"removeStack": map[string]any{"projectName": "p", "stackName": "s"}})
	c.ok("PATCH", url, map[string]any{"memberAction": "remove", "member": "someone"})
	got = c.ok("GET", url, nil)
	require.Empty(t, got["environments"])
	require.Empty(t, got["stacks"])
	require.Empty(t, got["members"])
}

func TestTeamsAndTheirTokens(t *testing.T) {
	c := startCloud(t, Options{})
	body := map[string]any{"name": "ops", "displayName": "Ops", "description": "d"}
	require.Equal(t, 201, c.do("POST", orgURL+"/teams/pulumi", body).status)
	c.refused(409, "POST", orgURL+"/teams/pulumi", body)
	made := c.ok("POST", orgURL+"/teams/ops/tokens", map[string]any{"name": "ci", "description": "d"})
	token := c.as(made["tokenValue"].(string))
	token.ok("GET", "/api/user", nil)
	require.Equal(t, []any{map[string]any{"id": made["id"], "name": "ci", "description": "d"}},
		c.ok("GET", orgURL+"/teams/ops/tokens", nil)["tokens"])
	require.Equal(t, 204, c.do("DELETE", orgURL+"/teams/ops/tokens/"+made["id"].(string), nil).status)
	token.refused(401, "GET", "/api/user", nil)
	require.Equal(t, 204, c.do("DELETE", orgURL+"/teams/ops", nil).status)
	c.refused(404, "GET", orgURL+"/teams/ops", nil)
}
