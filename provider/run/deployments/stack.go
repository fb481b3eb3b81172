package deployments

import (
	"net/url"
	"strings"
)

// Stack names a stack in Pulumi Cloud.
type Stack struct {
	Organization, Project, Name string
}

// String returns organization/project/stack. The CLI accepts this form, and it is the ID of a resource.
func (s Stack) String() string {
	return s.Organization + "/" + s.Project + "/" + s.Name
}

// ParseStack parses organization/project/stack. It returns false if a part is missing or empty.
func ParseStack(text string) (Stack, bool) {
	parts := strings.Split(text, "/")
	if len(parts) != 3 || parts[0] == "" || parts[1] == "" || parts[2] == "" {
		return Stack{}, false
	}
	return Stack{parts[0], parts[1], parts[2]}, true
}

// path returns the API path of the stack, or of a resource below it.
func (s Stack) path(parts ...string) string {
	return apiPath(append([]string{"stacks", s.Organization, s.Project, s.Name}, parts...)...)
}

func apiPath(parts ...string) string {
	escaped := make([]string, len(parts))
	for i, part := range parts {
		escaped[i] = url.PathEscape(part)
	}
	return "/api/" + strings.Join(escaped, "/")
}
