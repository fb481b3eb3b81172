package e2e

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// No user starts a scheduled run. Here it runs with its stack's own token, which opens no environment (in
// TestSyncFollowsItsEnvironment it does). A role opens its environments if it has the scope to open one in an
// operation. An access token in the settings gives every run the identity of its owner. A team's token opens what the
// team was granted: the sync's own environment by teams, an imported one by its own grant. Otherwise the log contains
// the hint, and nothing is pushed.
func TestScheduledRunsOfRestrictedTokens(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{
		RealExecutor: true, RestrictStackTokens: true, Roles: append(roles, pulumicloud.Role{
			Name: "scopeless", Opens: []string{"*"},
		}),
	})
	for _, name := range []string{"closed", "granted"} {
		require.NoError(t, h.CreateEnvironment(t.Context(), project+"/"+name, "values: {database: x}\n"))
	}
	team := h.Cloud.AddToken("syncs")
	with := func(token string) string { return "deployment: {accessToken: {fn::secret: " + token + "}}\n" }
	imports := func(name string) string {
		return "imports: [" + project + "/" + name + "]\nenvironmentValues: {user: '$${database}'}\n"
	}
	const (
		hint      = "set deployment.role of EscSync to a role that may open them"
		teamsHint = "deployment.accessToken to a token that may, and add the token's team to teams"
	)
	syncs := map[string]struct {
		more string
		// hint is in the log of a failed run. If it is empty, the run succeeds.
		hint string
	}{
		"stack":    {"", hint},
		"role":     {"deployment: {role: syncs}\n", ""},
		"reader":   {"deployment: {role: readers}\n", hint},
		"noscope":  {"deployment: {role: scopeless}\n", "environment_yaml:open is missing"},
		"user":     {with(h.Cloud.AccessToken()), ""},
		"team":     {"teams: [syncs]\n" + with(team), ""},
		"other":    {"teams: [others]\n" + with(team), teamsHint},
		"none":     {with(team), teamsHint},
		"ungiven":  {"teams: [syncs]\n" + imports("closed") + with(team), teamsHint},
		"imported": {"teams: [syncs]\n" + imports("granted") + with(team), ""},
	}
	properties := map[string]string{}
	for name, sync := range syncs {
		properties[name] = pushedAs("prod/"+name) + quiet + sync.more
	}
	up(t, h, write(t, h, manySyncs(properties)+`  grant:
    type: pulumiservice:TeamEnvironmentPermission
    properties: {organization: acme, project: shop, environment: granted, team: syncs, permission: open}
`))
	h.Cloud.AdvanceClock(time.Hour)
	var pushed []string
	for name, sync := range syncs {
		run := lastRun(t, h, "escsync-target/shop-dev-"+name)
		assert.Equal(t, "schedule", run.Initiator, name)
		assert.NotContains(t, run.Log, h.Cloud.AccessToken(), name)
		assert.NotContains(t, run.Log, team, name)
		if sync.hint != "" {
			assert.Equal(t, "failed", run.Status, "%s: %s", name, run.Log)
			assert.Contains(t, run.Log, sync.hint, "the log of %s must name the hint", name)
			continue
		}
		require.Equal(t, "succeeded", run.Status, "%s: %s", name, run.Log)
		pushed = append(pushed, "prod/"+name)
		assert.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/"+name), name)
	}
	names, err := h.SecretNames(t.Context(), region)
	require.NoError(t, err)
	assert.ElementsMatch(t, pushed, names, "nothing else may be pushed")
}
