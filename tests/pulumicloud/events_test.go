package pulumicloud

import (
	"sort"
	"testing"

	"github.com/stretchr/testify/require"
)

// watch adds a hook with an unreachable receiver to an environment of project p. Its deliveries list the events.
func (c *cloudUnderTest) watch(env string) func() []string {
	c.t.Helper()
	name := c.ok("POST", envsURL+"/p/"+env+"/hooks", map[string]any{
		"organizationName": "acme", "projectName": "p", "envName": env, "displayName": "watch", "active": true,
		"payloadUrl": "http://unreachable.invalid", "format": "raw",
	})["name"].(string)
	seen := 0
	return func() []string {
		kinds := []string{}
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, h := range c.cloud.envs[envName{"acme", "p", env}].hooks {
			if h.name == name {
				for _, d := range h.deliveries[seen:] {
					kinds = append(kinds, d.event.kind)
				}
				seen = len(h.deliveries)
			}
		}
		sort.Strings(kinds)
		return kinds
	}
}

func TestEventsReachImporters(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("base", "values: {a: 1}")
	c.ok("POST", envsURL+"/p/base/versions/tags", map[string]any{"name": "stable", "revision": 2})
	c.newEnv("direct", "imports: [p/base]")
	c.newEnv("tagged", "imports: [p/base@stable]")
	c.newEnv("pinned", "imports: [p/base@2]")
	c.newEnv("far", "imports: [p/direct]")
	c.newEnv("fartagged", "imports: [p/tagged]")
	c.newEnv("alone", "values: {a: 1}")
	watches := map[string]func() []string{}
	for _, env := range []string{"base", "direct", "tagged", "pinned", "far", "fartagged", "alone"} {
		watches[env] = c.watch(env)
	}
	expect := func(want map[string][]string) {
		t.Helper()
		for env, seen := range watches {
			got := seen()
			if want[env] == nil {
				require.Empty(t, got, env)
				continue
			}
			require.Equal(t, want[env], got, env)
		}
	}
	imported := []string{"imported_environment_changed"}

	c.ok("PATCH", envsURL+"/p/base", "values: {a: 2}")
	expect(map[string][]string{"base": {"environment_revision_created"}, "direct": imported, "far": imported})

	c.ok("PATCH", envsURL+"/p/base/versions/tags/stable", map[string]any{"revision": 3})
	expect(map[string][]string{
		"base": {"environment_revision_tag_updated"}, "tagged": imported, "fartagged": imported,
	})

	c.ok("DELETE", envsURL+"/p/base/versions/tags/stable", nil)
	expect(map[string][]string{"base": {"environment_revision_tag_deleted"}})

	c.ok("PATCH", envsURL+"/p/alone", "values: {a: 2}")
	expect(map[string][]string{"alone": {"environment_revision_created"}})
}

func TestFiltersAndGroups(t *testing.T) {
	for _, test := range []struct {
		hook hook
		kind string
		want bool
	}{
		{hook{active: true}, "deployment_failed", true},
		{hook{active: false}, "deployment_failed", false},
		{hook{active: true, filters: []string{"stack_created"}}, "deployment_failed", false},
		{hook{active: true, filters: []string{"deployment_failed"}}, "deployment_failed", true},
		{hook{active: true, groups: []string{"deployments"}}, "drift_detected", true},
		{hook{active: true, groups: []string{"deployments"}}, "stack_created", false},
		{hook{active: true, groups: []string{"stacks"}}, "update_failed", true},
		{hook{active: true, groups: []string{"environments"}}, "imported_environment_changed", true},
		{hook{active: true, groups: []string{"environments"}, filters: []string{"stack_created"}}, "stack_created", true},
	} {
		require.Equal(t, test.want, test.hook.wants(test.kind), "%+v %s", test.hook, test.kind)
	}
}
