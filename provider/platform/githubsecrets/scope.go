package githubsecrets

import (
	"maps"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// scope is one of the places on GitHub that hold secrets. The provider's seven resources and seven functions are one of
// each here.
type scope struct {
	// kind is what the package calls a secret there, such as ActionsSecret.
	kind  string
	count limit.Count
	// inputs are what every secret of the scope has, and query is what lists them.
	inputs pulumi.Map
	query  query
}

type query struct {
	// Name is the repository.
	Name        *string `pulumi:"name"`
	Environment *string `pulumi:"environment"`
}

// kinds are the secrets of each application: of a repository, and of an organization.
var kinds = map[string]struct {
	repository, organization string
	organizationCount        limit.Count
}{
	appActions:    {"ActionsSecret", "ActionsOrganizationSecret", organizationCount},
	appCodespaces: {"CodespacesSecret", "CodespacesOrganizationSecret", codespacesOrganizationCount},
	appDependabot: {"DependabotSecret", "DependabotOrganizationSecret", organizationCount},
}

func repositoryScope(app, repository string) scope {
	return scope{
		kind: kinds[app].repository, count: repositoryCount, query: query{Name: &repository},
		inputs: pulumi.Map{"repository": pulumi.String(repository)},
	}
}

func environmentScope(repository, environment string) scope {
	return scope{
		kind: "ActionsEnvironmentSecret", count: environmentCount,
		query:  query{Name: &repository, Environment: &environment},
		inputs: pulumi.Map{"repository": pulumi.String(repository), "environment": pulumi.String(environment)},
	}
}

// organizationScope is for the repositories with the visibility, or with one of the ids.
func organizationScope(app, visibility string, ids []int) scope {
	inputs := pulumi.Map{"visibility": pulumi.String(visibility)}
	if len(ids) > 0 {
		inputs["selectedRepositoryIds"] = pulumi.ToIntArray(ids)
	}
	return scope{kind: kinds[app].organization, count: kinds[app].organizationCount, inputs: inputs}
}

// register registers a secret. The provider changes its value in place, but replaces one of Codespaces, by the same
// name: made before the old one goes, the new value would be deleted with it.
func (s scope) register(r *target.Registration, secret target.Secret) error {
	value, options := "value", []pulumi.ResourceOption{pulumi.Version(github.PluginVersion)}
	if strings.HasPrefix(s.kind, "Codespaces") {
		value, options = "plaintextValue", append(options, pulumi.DeleteBeforeReplace(true))
	}
	options = append(options, pulumi.AdditionalSecretOutputs([]string{value}))
	inputs := pulumi.Map{"secretName": pulumi.String(secret.Name), value: target.SecretText(secret.Text)}
	maps.Copy(inputs, s.inputs)
	token := "github:index/" + strings.ToLower(s.kind[:1]) + s.kind[1:] + ":" + s.kind
	return r.Ctx.RegisterResource(token, r.Logical(secret.Key), inputs, &pulumi.CustomResourceState{},
		r.OptionsOf(secret, options...)...)
}

// list returns the names of the secrets that exist.
func (s scope) list(r *target.Registration) ([]string, error) {
	var found struct {
		Secrets []struct {
			Name string `pulumi:"name"`
		} `pulumi:"secrets"`
	}
	function := "get" + s.kind + "s"
	err := r.Ctx.Invoke("github:index/"+function+":"+function, &s.query, &found,
		append(r.InvokeOptions(), pulumi.Version(github.PluginVersion))...)
	names := make([]string, len(found.Secrets))
	for i, secret := range found.Secrets {
		names[i] = secret.Name
	}
	return names, err
}
