package pulumicloud

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tokenOf returns the token of a running deployment. Its pre-run command writes it to a file.
func tokenOf(t *testing.T, b *bench, trigger func()) (token string, finish func()) {
	t.Helper()
	file := filepath.Join(b.watch, "token")
	b.configure(preRun(`printf %s "$PULUMI_ACCESS_TOKEN" > ` + file))
	b.hold()
	trigger()
	require.Eventually(t, func() bool {
		list := b.Deployments("acme/proj/dev")
		last := list[len(list)-1]
		return last.Status == statusRunning && len(last.Steps) > 0 &&
			strings.HasPrefix(last.Steps[len(last.Steps)-1].Name, "pulumi ")
	}, waitLimit, waitTick)
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(raw), func() { b.release(); b.wait() }
}

func TestStackTokens(t *testing.T) {
	b := newBench(t, Options{})
	b.newEnv("e", "values: {a: 1}")
	b.ok("POST", "/api/stacks/acme/proj", map[string]any{"stackName": "other"})
	// A schedule starts it, so no user requested it.
	token, finish := tokenOf(t, b, func() {
		b.ok("POST", schedulesURL, hourly)
		b.AdvanceClock(60e9)
	})
	c := b.as(token)
	c.ok("GET", stackURL, nil)
	require.Equal(t, "pulumi-deployments", c.ok("GET", "/api/user", nil)["githubLogin"])
	c.refused(403, "GET", "/api/stacks/acme/proj/other", nil)
	c.refused(403, "POST", "/api/stacks/acme/proj", map[string]any{"stackName": "third"})
	c.refused(403, "POST", envsURL, map[string]any{"project": "p", "name": "x"})
	c.refused(403, "PATCH", envsURL+"/p/e", "values: {}")
	c.refused(403, "GET", orgURL+"/teams/t", nil)
	require.Len(t, c.ok("GET", "/api/user/stacks", nil)["stacks"], 1)
	c.refused(403, "POST", envsURL+"/p/e/open", nil)
	got := c.do("POST", envsURL+"/yaml/open", "imports: [p/e]")
	require.Equal(t, 400, got.status)
	require.Contains(t, string(got.body), "may not open environment 'p/e'")
	finish()
	c.refused(401, "GET", "/api/user", nil)
}

func TestARunThatAUserAsksForHasTheUsersPermissions(t *testing.T) {
	b := newBench(t, Options{})
	b.newEnv("e", "values: {a: 1}")
	token, finish := tokenOf(t, b, func() { b.deploy("update") })
	require.NotEqual(t, b.AccessToken(), token)
	b.as(token).ok("POST", envsURL+"/p/e/open", nil)
	finish()
	b.as(token).refused(401, "GET", "/api/user", nil)
}

func TestTheSettingsTokenOverridesTheRuns(t *testing.T) {
	b := newBench(t, Options{})
	b.configure(preRun(`[ "$PULUMI_ACCESS_TOKEN" = "` + strings.Repeat("x", 3) + `" ]`))
	b.ok("POST", settingsURL, `{"operationContext":{"environmentVariables":{"PULUMI_ACCESS_TOKEN":{"secret":"xxx"}}}}`)
	b.deploy("update")
	_, statuses := b.wait()
	require.Equal(t, []string{statusSucceeded}, statuses)
}

func TestTeamTokensOpenWhatTheTeamWasGranted(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	c.newEnv("base", "values: {a: 1}")
	c.newEnv("e", "imports: [p/base]")
	team := c.as(c.AddToken("syncers"))
	team.ok("GET", stackURL, nil)
	team.refused(403, "POST", envsURL+"/p/e/open", nil)
	c.grant("e", "open")
	got := team.do("POST", envsURL+"/p/e/open", nil)
	require.Equal(t, 400, got.status, "what it imports must be granted too")
	require.Contains(t, string(got.body), "p/base")
	c.grant("base", "read")
	require.Equal(t, 400, team.do("POST", envsURL+"/p/e/open", nil).status)
	c.grant("base", "open")
	team.ok("POST", envsURL+"/p/e/open", nil)
}

func (c *cloudUnderTest) grant(env, permission string) {
	c.t.Helper()
	c.grantTo("syncers", env, permission)
}

func (c *cloudUnderTest) grantTo(team, env, permission string) {
	c.t.Helper()
	c.ok("PATCH", orgURL+"/teams/"+team, map[string]any{"addEnvironmentPermission": map[string]any{
		"envName": env, "projectName": "p", "permission": permission, "maxOpenDuration": "1h0m0s",
	}})
}
