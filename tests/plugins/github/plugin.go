// Package github stands in for the GitHub provider (pulumi-github v6) in tests: secrets of Actions, Codespaces and
// Dependabot, of repositories, environments, organizations and users. It tests programs that use the provider, and
// follows the documentation of the Terraform provider below it.
//
// Three traits matter to programs. A changed value is an update, but for Codespaces a REPLACEMENT, and the new secret
// is created first: without the option deleteBeforeReplace, the following delete removes the new value. GitHub never
// returns a value, so an edit elsewhere shows only as a changed time, which the next update repairs; Read drops such a
// secret of Codespaces. And an existing secret is silently overwritten.
//
// Not supported: destroyOnDrift, valueEncrypted with keyId, the provider's pause of a second between two writes, and
// following a renamed repository.
package github

import (
	"context"
	_ "embed"
	"fmt"
	"net/url"
	"strings"

	"github.com/google/go-github/v74/github"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// Version is the version of the SDK that the module uses.
const Version = "6.14.0"

//go:embed schema.yaml
var schemaText []byte

// account is the configured provider.
type account struct {
	client *github.Client
	owner  string
}

// Plugin returns the stand-in before its configuration.
func Plugin() standin.Plugin {
	a := &account{}
	plugin := standin.Plugin{
		Name: "github", Version: Version, Schema: schemaText, Configure: a.configure,
		Resources: map[string]standin.Resource{
			"github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret":       a.secret("actions", scopeEnvironment),
			"github:index/actionsVariable:ActionsVariable":                         a.variable(scopeRepository),
			"github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable":   a.variable(scopeEnvironment),
			"github:index/actionsOrganizationVariable:ActionsOrganizationVariable": a.variable(scopeOrganization),
			"github:index/codespacesUserSecret:CodespacesUserSecret":               a.secret("codespaces", scopeUser),
		},
		Functions: map[string]standin.Function{
			"github:index/getActionsEnvironmentSecrets:getActionsEnvironmentSecrets":       a.list("actions", scopeEnvironment),
			"github:index/getActionsVariables:getActionsVariables":                         a.listVariables(scopeRepository),
			"github:index/getActionsEnvironmentVariables:getActionsEnvironmentVariables":   a.listVariables(scopeEnvironment),
			"github:index/getActionsOrganizationVariables:getActionsOrganizationVariables": a.listVariables(scopeOrganization),
		},
	}
	for _, service := range []string{"actions", "codespaces", "dependabot"} {
		add := func(kind string, resource standin.Resource) {
			name := service + kind
			plugin.Resources["github:index/"+name+":"+strings.ToUpper(name[:1])+name[1:]] = resource
		}
		add("Secret", a.secret(service, scopeRepository))
		add("OrganizationSecret", a.secret(service, scopeOrganization))
		add("OrganizationSecretRepositories", a.repositories(service))
		for kind, s := range map[string]scope{"Secrets": scopeRepository, "OrganizationSecrets": scopeOrganization} {
			name := "get" + strings.ToUpper(service[:1]) + service[1:] + kind
			plugin.Functions["github:index/"+name+":"+name] = a.list(service, s)
		}
	}
	return plugin
}

// configure reads the token, the owner and the URL, whose defaults are GITHUB_TOKEN, GITHUB_OWNER and GITHUB_BASE_URL.
func (a *account) configure(_ context.Context, config property.Map) error {
	base, err := url.Parse(strings.TrimSuffix(standin.Text(config, "baseUrl"), "/") + "/")
	if err != nil {
		return fmt.Errorf("reading github:baseUrl: %w", err)
	}
	a.client = github.NewClient(nil)
	if token := standin.Text(config, "token"); token != "" {
		a.client = a.client.WithAuthToken(token)
	}
	a.client.BaseURL = base
	a.owner = standin.Text(config, "owner")
	if a.owner == "" {
		a.owner = standin.Text(config, "organization")
	}
	return nil
}
