package deployments

import (
	"path"
	"strings"
)

// permissions lists the scope that each call needs, and the smallest of the service's own permission sets that contains
// it ("" if none does). A pattern matches the path after /api/.
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

// neededFor returns a hint that names the permission for a call, or "" if it is unknown.
func neededFor(call string) string {
	method, address, _ := strings.Cut(call, " ")
	_, endpoint, _ := strings.Cut(address, "/api/")
	for _, p := range permissions {
		if fits, err := path.Match(p.pattern, endpoint); err != nil || !fits || method != p.method {
			continue
		}
		set := ""
		if p.set != "" {
			set = " (as in " + p.set + ")"
		}
		return "; the access token needs " + p.scope + set + " on " + subject(endpoint)
	}
	return ""
}

// subject names the organization, stack or environment of a path below /api/.
func subject(endpoint string) string {
	if on, ofOrganization := strings.CutPrefix(endpoint, "orgs/"); ofOrganization {
		name, _, _ := strings.Cut(on, "/")
		return "organization " + name
	}
	kind, on := "stack ", strings.TrimPrefix(endpoint, "stacks/")
	if name, isEnvironment := strings.CutPrefix(endpoint, "esc/environments/"); isEnvironment {
		kind, on = "environment ", name
	}
	return kind + strings.Join(strings.Split(on, "/")[:3], "/")
}
