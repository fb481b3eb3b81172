package github

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// scope is the kind of owner of a secret.
type scope int

const (
	scopeRepository scope = iota
	scopeEnvironment
	scopeOrganization
	scopeUser
)

// location is where a secret is stored.
type location struct {
	service     string
	scope       scope
	repository  string
	environment string
	name        string
}

func locationOf(service string, s scope, m property.Map) location {
	return location{
		service: service, scope: s, repository: standin.Text(m, "repository"),
		environment: standin.Text(m, "environment"), name: standin.Text(m, "secretName"),
	}
}

// id is the resource's ID: its parts joined with colons.
func (p location) id() string {
	switch p.scope {
	case scopeRepository:
		return p.repository + ":" + p.name
	case scopeEnvironment:
		return p.repository + ":" + p.environment + ":" + p.name
	default:
		return p.name
	}
}

// parseID parses the result of id, and the form with slashes that imports use.
func parseID(service string, s scope, id string) (location, error) {
	parts := strings.FieldsFunc(id, func(r rune) bool { return r == ':' || r == '/' })
	wanted := map[scope]int{scopeRepository: 2, scopeEnvironment: 3, scopeOrganization: 1, scopeUser: 1}[s]
	if len(parts) != wanted {
		return location{}, fmt.Errorf("invalid ID specified: %q has %d parts, not %d", id, len(parts), wanted)
	}
	p := location{service: service, scope: s, name: parts[wanted-1]}
	if wanted > 1 {
		p.repository = parts[0]
	}
	if wanted > 2 {
		p.environment = parts[1]
	}
	return p, nil
}

// inputs returns the location's own inputs.
func (p location) inputs() property.Map {
	m := property.NewMap(map[string]property.Value{"secretName": property.New(p.name)})
	if p.repository != "" {
		m = m.Set("repository", property.New(p.repository))
	}
	if p.environment != "" {
		m = m.Set("environment", property.New(p.environment))
	}
	return m
}

// secrets returns the path of the location's secrets. Environments are addressed by the repository's number.
func (a *account) secrets(ctx context.Context, p location) (string, error) {
	switch p.scope {
	case scopeEnvironment:
		repository, _, err := a.client.Repositories.Get(ctx, a.owner, p.repository)
		if err != nil {
			return "", fmt.Errorf("reading repository %s: %w", p.repository, err)
		}
		return fmt.Sprintf("repositories/%d/environments/%s/secrets",
			repository.GetID(), url.PathEscape(p.environment)), nil
	case scopeOrganization:
		return fmt.Sprintf("orgs/%s/%s/secrets", a.owner, p.service), nil
	case scopeUser:
		return "user/codespaces/secrets", nil
	default:
		return fmt.Sprintf("repos/%s/%s/%s/secrets", a.owner, p.repository, p.service), nil
	}
}
