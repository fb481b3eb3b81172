package pulumicloud

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestImportsFollowVersions(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("base", "values: {a: one, s: {fn::secret: hidden}}")
	c.ok("PATCH", envsURL+"/p/base", "values: {a: two, s: {fn::secret: hidden}}")
	c.ok("POST", envsURL+"/p/base/versions/tags", map[string]any{"name": "stable", "revision": 2})
	for ref, want := range map[string]string{
		"p/base": "two", "p/base@latest": "two", "p/base@stable": "one", "p/base@2": "one", "p/base@3": "two",
	} {
		id := c.ok("POST", envsURL+"/yaml/open?duration=2h0m0s", `{"imports":["`+ref+`"],"values":{"got":"${a}"}}`)["id"]
		opened := c.ok("GET", envsURL+"/yaml/open/"+id.(string), nil)
		properties := opened["properties"].(map[string]any)
		require.Equal(t, map[string]any{"a": want, "got": want, "s": "hidden"}, plain(properties), ref)
		require.Equal(t, true, properties["s"].(map[string]any)["secret"])
	}
}

func TestCheckHidesSecrets(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("base", "values: {s: {fn::secret: hidden}}")
	for query, shown := range map[string]bool{"": false, "?showSecrets=false": false, "?showSecrets=true": true} {
		got := c.do("POST", envsURL+"/yaml/check"+query, "imports: [p/base]")
		require.Equal(t, 200, got.status)
		require.Equal(t, shown, contains(got.body, "hidden"), query)
	}
	require.Equal(t, 200, c.do("POST", envsURL+"/p/base/check", nil).status)
	require.Equal(t, 200, c.do("POST", envsURL+"/yaml/check", "").status, "an empty definition is valid")
}

func contains(body []byte, text string) bool { return strings.Contains(string(body), text) }

func TestImportCyclesAreErrors(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("a", "values: {x: 1}")
	c.newEnv("b", "imports: [p/a]")
	c.newEnv("c", "imports: [p/b]")
	got := c.do("PATCH", envsURL+"/p/a", "imports: [p/c]")
	require.Equal(t, 400, got.status)
	require.Contains(t, string(got.body), "cyclic import")
	// Importing an older, pinned revision is not a cycle.
	require.Equal(t, 200, c.do("PATCH", envsURL+"/p/a", "imports: [p/c@1]").status)
}

func TestSessionsExpireWithTheClock(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "values: {a: 1}")
	c.newEnv("other", "values: {a: 1}")
	id := c.ok("POST", envsURL+"/p/e/open?duration=1h0m0s", nil)["id"].(string)
	c.ok("GET", envsURL+"/p/e/open/"+id, nil)
	c.refused(404, "GET", envsURL+"/p/other/open/"+id, nil)
	c.AdvanceClock(time.Hour + time.Second)
	c.refused(404, "GET", envsURL+"/p/e/open/"+id, nil)
	c.refused(400, "POST", envsURL+"/p/e/open?duration=soon", nil)
}

func TestOneProperty(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "values: {a: {b: [one, {fn::secret: two}]}}")
	session := envsURL + "/p/e/open/" + c.ok("POST", envsURL+"/p/e/open", nil)["id"].(string)
	got := c.ok("GET", session+"?property=a.b[1]", nil)
	require.Equal(t, "two", got["value"])
	require.Equal(t, true, got["secret"])
	for _, path := range []string{"a.c", "a.b[2]", "a.b.c"} {
		c.refused(404, "GET", session+"?property="+path, nil)
	}
	c.refused(400, "GET", session+"?property=a[", nil)
}

func TestAnonymousOpensMayBeRestricted(t *testing.T) {
	for _, restricted := range []bool{false, true} {
		c := startCloud(t, Options{RestrictAnonymousOpens: restricted})
		c.newEnv("e", "values: {a: 1}")
		team := c.as(c.AddToken("syncers"))
		c.grant("e", "open")
		team.ok("POST", envsURL+"/p/e/open", nil)
		got := team.do("POST", envsURL+"/yaml/open", "imports: [p/e]")
		require.Equal(t, map[bool]int{false: 200, true: 403}[restricted], got.status)
		require.Equal(t, 200, c.do("POST", envsURL+"/yaml/open", "imports: [p/e]").status, "a user has the permission")
	}
}

func TestContextNamesTheCaller(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "values: {who: '${context.pulumi.user.login}', env: '${context.currentEnvironment.name}'}")
	require.Equal(t, map[string]any{"who": userLogin, "env": "p/e"}, c.open("p/e"))
}
