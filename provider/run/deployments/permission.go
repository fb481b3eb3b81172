package deployments

import (
	"path"
	"strings"
)

// permissions are what the calls need: the scope, and the permission set of the service's own that begins to have it,
// "" where none does. A pattern is what follows /api/ in a call's address.
var permissions = []struct{ method, pattern, scope, set string }{
	{"POST", "stacks/*/*/*/deployments", "stack_deployment:create", "Stack Write"},
	{"GET", "stacks/*/*/*/deployments/settings", "stack_deployment_settings:read", "Stack Read"},
	{"POST", "stacks/*/*/*/deployments/settings", "stack_deployment_settings:write", "Stack Write"},
	{"GET", "stacks/*/*/*/deployments", "stack_deployment:read", "Stack Read"},
	{"GET", "stacks/*/*/*/deployments/*", "stack_deployment:read", "Stack Read"},
	{"GET", "stacks/*/*/*/deployments/*/*", "stack_deployment:read", "Stack Read"},
	{"GET", "stacks/*/*/*/export", "stack:export", "Stack Read"},
	{"POST", "stacks/*/*/*/import", "stack:import", "Stack Write"},
	{"GET", "stacks/*/*/*", "stack:read", "Stack Read"},
	{"PATCH", "stacks/*/*/*/tags", "stack_tags:update", "Stack Write"},
	{"GET", "esc/environments/*/*/*", "environment:read", "Environment Read"},
	{"POST", "esc/environments/*/*/*/check", "environment:read", "Environment Read"},
	{"GET", "esc/environments/*/*/*/metadata", "environment:read", "Environment Read"},
	{"GET", "esc/environments/*/*/*/decrypt", "environment:open", "Environment Open"},
	{"POST", "esc/environments/*/*/*/drafts", "environment:write", "Environment Write"},
	{"GET", "esc/environments/*/*/*/tags/*", "environment_tag:read", "Environment Read"},
	{"POST", "esc/environments/*/*/*/tags", "environment_tag:create", "Environment Write"},
	{"PATCH", "esc/environments/*/*/*/tags/*", "environment_tag:update", "Environment Write"},
	{"DELETE", "esc/environments/*/*/*/tags/*", "environment_tag:delete", "Environment Write"},
	{"GET", "orgs/*/roles", "role:read", ""},
}

// neededFor says which permission a call needs, on what; "" where that is not known.
func neededFor(call string) string {
	method, address, _ := strings.Cut(call, " ")
	_, place, _ := strings.Cut(address, "/api/")
	for _, p := range permissions {
		if fits, err := path.Match(p.pattern, place); err != nil || !fits || method != p.method {
			continue
		}
		set := ""
		if p.set != "" {
			set = " (as in " + p.set + ")"
		}
		return "; the access token needs " + p.scope + set + " on " + subject(place)
	}
	return ""
}

// subject is what a call is about, by its place below /api/.
func subject(place string) string {
	if on, ofOrganization := strings.CutPrefix(place, "orgs/"); ofOrganization {
		name, _, _ := strings.Cut(on, "/")
		return "organization " + name
	}
	kind, on := "stack ", strings.TrimPrefix(place, "stacks/")
	if name, isEnvironment := strings.CutPrefix(place, "esc/environments/"); isEnvironment {
		kind, on = "environment ", name
	}
	return kind + strings.Join(strings.Split(on, "/")[:3], "/")
}
