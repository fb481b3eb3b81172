package pulumicloud

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVersionTags(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "values: {a: one}")
	c.ok("PATCH", envsURL+"/p/e", "values: {a: two}")
	base := envsURL + "/p/e/versions"

	require.Equal(t, 204, c.do("POST", base+"/tags", map[string]any{"name": "stable", "revision": 2}).status)
	c.refused(409, "POST", base+"/tags", map[string]any{"name": "stable", "revision": 2})
	c.refused(404, "POST", base+"/tags", map[string]any{"name": "other", "revision": 9})
	for _, name := range []string{"7", "latest", "a/b", ""} {
		c.refused(400, "POST", base+"/tags", map[string]any{"name": name, "revision": 2})
	}
	require.Equal(t, 2.0, c.ok("GET", base+"/tags/stable", nil)["revision"])
	require.Equal(t, 3.0, c.ok("GET", base+"/tags/latest", nil)["revision"])
	require.Len(t, c.ok("GET", base+"/tags", nil)["tags"], 2)

	require.Equal(t, map[string]any{"a": "one"}, c.open("p/e/versions/stable"))
	require.Equal(t, map[string]any{"a": "two"}, c.open("p/e/versions/latest"))
	require.Equal(t, map[string]any{"a": "one"}, c.open("p/e/versions/2"))
	require.Contains(t, string(c.do("GET", base+"/stable", nil).body), "one")

	require.Equal(t, 204, c.do("PATCH", base+"/tags/stable", map[string]any{"revision": 3}).status)
	require.Equal(t, map[string]any{"a": "two"}, c.open("p/e/versions/stable"))
	c.refused(400, "PATCH", base+"/tags/latest", map[string]any{"revision": 1})
	require.Equal(t, 204, c.do("DELETE", base+"/tags/stable", nil).status)
	c.refused(404, "GET", base+"/tags/stable", nil)
	c.refused(404, "GET", base+"/stable", nil)
	c.refused(400, "DELETE", base+"/tags/latest", nil)
}

func TestVersionsAreListedNewestFirst(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "values: {a: one}")
	c.ok("PATCH", envsURL+"/p/e", "values: {a: two}")
	base := envsURL + "/p/e/versions"
	numbers := func(query string) []any {
		var numbers []any
		for _, version := range c.list(base + query) {
			numbers = append(numbers, version["number"])
		}
		return numbers
	}
	require.Equal(t, []any{3.0, 2.0, 1.0}, numbers(""))
	require.Equal(t, []any{2.0}, numbers("?before=3&count=1"))
	require.Equal(t, []any{"latest"}, c.list(base)[0]["tags"])
}

func TestParseEnvRef(t *testing.T) {
	for text, want := range map[string]envRef{
		"p/e":        {envName{"acme", "p", "e"}, ""},
		"e":          {envName{"acme", "default", "e"}, ""},
		"p/e@3":      {envName{"acme", "p", "e"}, "3"},
		"p/e@stable": {envName{"acme", "p", "e"}, "stable"},
	} {
		got, ok := parseEnvRef("acme", text)
		require.True(t, ok, text)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"", "p/", "/e", "p/e/x", "p/e@", "p/e f"} {
		_, ok := parseEnvRef("acme", text)
		require.False(t, ok, text)
	}
}
