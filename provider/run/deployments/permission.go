package deployments

import (
	"path"
	"strings"
)

// permissions are what the calls need: the scope, and the permission set of the service's own that begins to have it. A
// pattern is what follows /api/ in a call's address.
var permissions = []struct{ method, pattern, scope, set string }{
	{"POST", "stacks/*/*/*/deployments", "stack_deployment:create", "Stack Write"},
	{"GET", "stacks/*/*/*/deployments/settings", "stack_deployment_settings:read", "Stack Read"},
	{"GET", "stacks/*/*/*/deployments", "stack_deployment:read", "Stack Read"},
	{"GET", "stacks/*/*/*/deployments/*", "stack_deployment:read", "Stack Read"},
	{"GET", "stacks/*/*/*/deployments/*/*", "stack_deployment:read", "Stack Read"},
	{"GET", "stacks/*/*/*/export", "stack:export", "Stack Read"},
	{"POST", "stacks/*/*/*/import", "stack:import", "Stack Write"},
	{"GET", "stacks/*/*/*", "stack:read", "Stack Read"},
	{"GET", "esc/environments/*/*/*", "environment:read", "Environment Read"},
	{"POST", "esc/environments/*/*/*/check", "environment:read", "Environment Read"},
	{"GET", "esc/environments/*/*/*/metadata", "environment:read", "Environment Read"},
	{"GET", "esc/environments/*/*/*/decrypt", "environment:read_decrypt", "Environment Open"},
	{"POST", "esc/environments/*/*/*/drafts", "environment:write", "Environment Write"},
}

// neededFor says which permission a call needs, on what; "" where that is not known.
func neededFor(call string) string {
	method, address, _ := strings.Cut(call, " ")
	_, place, _ := strings.Cut(address, "/api/")
	for _, p := range permissions {
		if fits, err := path.Match(p.pattern, place); err != nil || !fits || method != p.method {
			continue
		}
		on := strings.TrimPrefix(strings.TrimPrefix(place, "esc/"), "stacks/")
		kind := "stack "
		if name, isEnvironment := strings.CutPrefix(on, "environments/"); isEnvironment {
			kind, on = "environment ", name
		}
		parts := strings.Split(on, "/")
		return "; the access token needs " + p.scope + " (as in " + p.set + ") on " + kind + strings.Join(parts[:3], "/")
	}
	return ""
}
