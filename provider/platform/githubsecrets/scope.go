package githubsecrets

import (
	"maps"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// scope is where on GitHub the secrets are. It hides that the provider has seven resources and seven functions for
// them.
type scope struct {
	// kind is the provider's name for these secrets, such as ActionsSecret.
	kind     string
	count    limit.Count
	location github.Location
}

// kinds are the secrets of each application, for a repository and for an organization.
var kinds = map[string]struct {
	repository, organization string
	organizationCount        limit.Count
}{
	appActions:    {"ActionsSecret", "ActionsOrganizationSecret", organizationCount},
	appCodespaces: {"CodespacesSecret", "CodespacesOrganizationSecret", codespacesOrganizationCount},
	appDependabot: {"DependabotSecret", "DependabotOrganizationSecret", organizationCount},
}

func scopeAt(app string, location github.Location) scope {
	kind := kinds[app]
	switch {
	case location.Environment != "":
		return scope{kind: "ActionsEnvironmentSecret", count: environmentCount, location: location}
	case location.Repository != "":
		return scope{kind: kind.repository, count: repositoryCount, location: location}
	}
	return scope{kind: kind.organization, count: kind.organizationCount, location: location}
}

// register registers a secret. The provider updates its value in place, except that it replaces a Codespaces secret.
// The old secret must be deleted first: both have the same name, so deleting the old one later would delete the new
// value.
func (s scope) register(r *target.Registration, secret target.Secret) error {
	value, options := "value", []pulumi.ResourceOption{pulumi.Version(github.PluginVersion)}
	if strings.HasPrefix(s.kind, "Codespaces") {
		value, options = "plaintextValue", append(options, pulumi.DeleteBeforeReplace(true))
	}
	options = append(options, pulumi.AdditionalSecretOutputs([]string{value}))
	inputs := pulumi.Map{"secretName": pulumi.String(secret.Name), value: target.SecretText(secret.Text)}
	maps.Copy(inputs, s.location.Inputs())
	token := "github:index/" + strings.ToLower(s.kind[:1]) + s.kind[1:] + ":" + s.kind
	return r.Ctx.RegisterResource(token, r.Logical(secret), inputs, &pulumi.CustomResourceState{},
		r.OptionsOf(secret, options...)...)
}

// list returns the names of the existing secrets.
func (s scope) list(r *target.Registration) ([]string, error) {
	var found struct {
		Secrets []struct {
			Name string `pulumi:"name"`
		} `pulumi:"secrets"`
	}
	query := s.location.Query()
	function := "get" + s.kind + "s"
	err := r.Ctx.Invoke("github:index/"+function+":"+function, &query, &found,
		append(r.InvokeOptions(), pulumi.Version(github.PluginVersion))...)
	names := make([]string, len(found.Secrets))
	for i, secret := range found.Secrets {
		names[i] = secret.Name
	}
	return names, err
}
