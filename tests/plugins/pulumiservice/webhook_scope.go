package pulumiservice

import (
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
)

// hookScope is what a webhook listens to: an organization, or a stack or an environment in it.
type hookScope struct {
	Organization string  `json:"organizationName"`
	Project      *string `json:"projectName,omitempty"`
	Stack        *string `json:"stackName,omitempty"`
	Environment  *string `json:"environmentName,omitempty"`
}

// path returns the path of the scope's webhooks. A stack takes precedence over an environment.
func (s hookScope) path(rest ...string) []string {
	path := []string{"orgs", s.Organization, "hooks"}
	switch {
	case s.Project != nil && s.Stack != nil:
		path = []string{"stacks", s.Organization, *s.Project, *s.Stack, "hooks"}
	case s.Project != nil && s.Environment != nil:
		path = []string{"esc", "environments", s.Organization, *s.Project, *s.Environment, "hooks"}
	}
	return append(path, rest...)
}

// id returns the resource's ID. The word "environment" distinguishes an environment from a stack.
func (s hookScope) id(name string) string {
	switch {
	case s.Project != nil && s.Stack != nil:
		return strings.Join([]string{s.Organization, *s.Project, *s.Stack, name}, "/")
	case s.Project != nil && s.Environment != nil:
		return strings.Join([]string{s.Organization, "environment", *s.Project, *s.Environment, name}, "/")
	}
	return s.Organization + "/" + name
}

// parseHookID parses the result of id.
func parseHookID(id string) (hookScope, string, error) {
	parts := strings.Split(id, "/")
	switch len(parts) {
	case 2:
		return hookScope{Organization: parts[0]}, parts[1], nil
	case 4:
		return hookScope{Organization: parts[0], Project: &parts[1], Stack: &parts[2]}, parts[3], nil
	case 5:
		return hookScope{Organization: parts[0], Project: &parts[2], Environment: &parts[3]}, parts[4], nil
	}
	return hookScope{}, "", fmt.Errorf("%q is not a valid webhook ID", id)
}

// check refuses combinations that do not name a scope.
func (s hookScope) check() []p.CheckFailure {
	var failures []p.CheckFailure
	fail := func(property, reason string) {
		failures = append(failures, p.CheckFailure{Property: property, Reason: reason})
	}
	project, stack, environment := s.Project != nil, s.Stack != nil, s.Environment != nil
	if stack && !project {
		fail("projectName", "projectName and stackName must both be specified for stack webhooks")
	}
	if environment && !project {
		fail("projectName", "projectName and environmentName must both be specified for environment webhooks")
	}
	if environment && stack {
		fail("stackName", "stackName needs to be empty if this is meant to be an environment webhook; "+
			"environmentName needs to be empty if this is meant to be a stack webhook")
	}
	if project && !stack && !environment {
		fail("projectName", "projectName needs to be empty if this is meant to be an organization webhook; "+
			"otherwise provide stackName for stack webhook or environmentName for environment webhook")
	}
	return failures
}

// groups returns the default event groups, for a webhook without filters and groups.
func (s hookScope) groups() []string {
	switch {
	case s.Stack != nil:
		return []string{"deployments", "stacks"}
	case s.Environment != nil:
		return []string{"environments"}
	}
	return []string{"deployments", "environments", "stacks"}
}
