package pulumicloud

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const mergeRole = `{"operationContext":{"role":{"id":"`

func TestTheSettingsSelectARole(t *testing.T) {
	b := newBench(t, Options{Roles: []Role{{Name: "syncs"}, {Name: "others"}}, Teams: []string{"ops"}})
	b.configure("")
	roles := b.ok("GET", orgURL+"/roles?uxPurpose=role", nil)["roles"].([]any)
	require.Len(t, roles, 2)
	id := roles[0].(map[string]any)["id"].(string)

	b.ok("POST", settingsURL, mergeRole+id+`"}}}`)
	require.Equal(t, "syncs", b.ChosenRole("acme/proj/dev"))
	role := b.ok("GET", settingsURL, nil)["operationContext"].(map[string]any)["role"]
	require.Equal(t, map[string]any{"id": id, "name": "syncs"}, role, "the name is the service's")
	b.ok("POST", settingsURL, mergeRole+`ops"}}}`)
	require.Equal(t, "ops", b.ChosenRole("acme/proj/dev"), "a team may be selected too")
	require.Contains(t, b.refused(400, "POST", settingsURL, mergeRole+`nobody"}}}`), "nobody")
	b.configure("")
	require.Empty(t, b.ChosenRole("acme/proj/dev"), "a PUT replaces all")
	require.NoError(t, b.ChooseRole("acme/proj/dev", "others"))
	require.NoError(t, b.ChooseRole("acme/proj/dev", ""))
	require.Empty(t, b.ChosenRole("acme/proj/dev"))
}

// A stack cannot have both a principal and a token, and a restricted organization accepts no token.
func TestAnAccessTokenBesideAPrincipal(t *testing.T) {
	const token = `{"operationContext":{"environmentVariables":{"PULUMI_ACCESS_TOKEN":{"secret":"x"}}}}`
	b := newBench(t, Options{Roles: []Role{{Name: "syncs"}}})
	b.configure(token)
	require.ErrorContains(t, b.ChooseRole("acme/proj/dev", "syncs"), "PULUMI_ACCESS_TOKEN is not allowed")
	restricted := newBench(t, Options{Restricted: true})
	restricted.configure("")
	require.Contains(t, restricted.refused(400, "POST", settingsURL, token), "restricted organization")
}

func TestRestrictedModeRefusesDeploymentsWithoutAPrincipal(t *testing.T) {
	b := newBench(t, Options{Restricted: true, Roles: []Role{{Name: "syncs"}}})
	b.configure("")
	b.newEnv("e", "values: {a: 1}")
	hook := b.ok("POST", envsURL+"/p/e/hooks", hookBody(nil))["name"].(string)
	b.ok("POST", schedulesURL, hourly)
	require.Contains(t, b.refused(400, "POST", deploymentsURL, `{"operation":"update"}`), "this stack selects none")
	b.ok("PATCH", envsURL+"/p/e", "values: {a: 2}")
	delivery := b.list(envsURL + "/p/e/hooks/" + hook + "/deliveries")[0]
	require.EqualValues(t, 400, delivery["responseCode"], delivery)
	b.AdvanceClock(time.Hour)
	require.Empty(t, b.Deployments("acme/proj/dev"))

	require.NoError(t, b.ChooseRole("acme/proj/dev", "syncs"))
	b.AdvanceClock(time.Hour)
	b.ok("POST", deploymentsURL, `{"operation":"update"}`)
	_, statuses := b.wait()
	require.Equal(t, []string{statusSucceeded, statusSucceeded}, statuses)
}
