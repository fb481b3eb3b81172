package pulumicloud

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTeamPermissions(t *testing.T) {
	c := startCloud(t, Options{Teams: []string{"syncers"}})
	url := orgURL + "/teams/syncers"
	c.newStack()
	c.newEnv("e", "")
	c.grant("e", "open")
	c.refused(400, "PATCH", url, map[string]any{"addEnvironmentPermission": map[string]any{"permission": "fly"}})
	stack := map[string]any{"projectName": "proj", "stackName": "dev", "permission": 102}
	c.ok("PATCH", url, map[string]any{"addStackPermission": stack})
	c.ok("PATCH", url, map[string]any{"memberAction": "add", "member": "someone"})
	got := c.ok("GET", url, nil)
	require.Equal(t, []any{map[string]any{
		"envName": "e", "projectName": "p", "permission": "open", "maxOpenDuration": "1h0m0s",
	}}, got["environments"])
	require.Len(t, got["stacks"], 1)
	require.Len(t, got["members"], 1)

	c.grant("e", "admin")
	c.grant("e", "none")
	environments := c.ok("GET", url, nil)["environments"].([]any)
	require.Len(t, environments, 1)
	require.Equal(t, "admin", environments[0].(map[string]any)["permission"], "to add none does nothing")
	c.ok("PATCH", url, map[string]any{"editEnvironmentPermission": map[string]any{
		"envName": "e", "projectName": "p", "permission": "none",
	}})
	c.ok("PATCH", url, map[string]any{"removeStack": map[string]any{"projectName": "proj", "stackName": "dev"}})
	c.ok("PATCH", url, map[string]any{"memberAction": "remove", "member": "someone"})
	got = c.ok("GET", url, nil)
	require.Empty(t, got["environments"])
	require.Empty(t, got["stacks"])
	require.Empty(t, got["members"])
}

func TestGrantsNeedTeamAndObject(t *testing.T) {
	c := startCloud(t, Options{Teams: []string{"syncers"}})
	c.newEnv("e", "")
	grant := func(env string) map[string]any {
		return map[string]any{"addEnvironmentPermission": map[string]any{
			"projectName": "p", "envName": env, "permission": "open",
		}}
	}
	c.refused(404, "PATCH", orgURL+"/teams/strangers", grant("e"))
	c.refused(404, "GET", orgURL+"/teams/strangers", nil)
	c.refused(404, "PATCH", orgURL+"/teams/syncers", grant("ghost"))
	c.refused(404, "PATCH", orgURL+"/teams/syncers", map[string]any{"addStackPermission": map[string]any{
		"projectName": "proj", "stackName": "ghost", "permission": 102,
	}})
	c.ok("PATCH", orgURL+"/teams/syncers", grant("e"))
}

func TestTeamLife(t *testing.T) {
	c := startCloud(t, Options{})
	body := map[string]any{"name": "ops", "displayName": "Ops", "description": "d"}
	require.Equal(t, 201, c.do("POST", orgURL+"/teams/pulumi", body).status)
	c.refused(409, "POST", orgURL+"/teams/pulumi", body)
	token := c.as(c.AddToken("ops"))
	token.ok("GET", "/api/user", nil)
	require.Equal(t, 204, c.do("DELETE", orgURL+"/teams/ops", nil).status)
	token.refused(401, "GET", "/api/user", nil)
	c.refused(404, "GET", orgURL+"/teams/ops", nil)
}
