package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// GithubSecretsDestination is a place in GitHub.
type GithubSecretsDestination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	KeyMapping
	Repository            pulumi.StringPtrInput    `pulumi:"repository,optional"`
	Environment           pulumi.StringPtrInput    `pulumi:"environment,optional"`
	App                   *GithubSecretsApp        `pulumi:"app,optional"`
	Visibility            *GithubSecretsVisibility `pulumi:"visibility,optional"`
	SelectedRepositoryIDs []pulumi.IntInput        `pulumi:"selectedRepositoryIds,optional"`
}

var _ infer.Annotated = (*GithubSecretsDestination)(nil)

// Annotate documents the type and its properties.
func (d *GithubSecretsDestination) Annotate(a infer.Annotator) {
	a.Describe(&d, "Secrets of a repository, of an environment of one, or of an organization on GitHub. The owner "+
		"and the credentials come from the GitHub provider.")
	a.Describe(&d.Name, "The exact name of the secret. With the mapping `perKey` it may be left out; given, it comes "+
		"before every key: `NAME_KEY`. GitHub stores names in capitals. Default: none.")
	d.annotate(a, MappingPerKey, "_")
	a.Describe(&d.Repository, "The repository, without its owner. Default: none: the secrets are the "+
		"organization's.")
	a.Describe(&d.Environment, "The environment of the repository. Default: none: the secrets are the "+
		"repository's own.")
	a.Describe(&d.App, "Who reads the secrets: `actions`, `codespaces` or `dependabot`. Default: `actions`.")
	a.Describe(&d.Visibility, "Which repositories see a secret of the organization: `all`, `private` or `selected`. "+
		"Required for an organization's secrets, where `repository` is not given: there is no default for it. "+
		"Not with `repository`. Default: none.")
	a.Describe(&d.SelectedRepositoryIDs, "With the visibility `selected`: the ids of the repositories. Default: none.")
}

// GithubSecretsApp says who reads secrets on GitHub.
type GithubSecretsApp string

// The applications of GitHub that have secrets of their own.
const (
	GithubSecretsAppActions    GithubSecretsApp = "actions"
	GithubSecretsAppCodespaces GithubSecretsApp = "codespaces"
	GithubSecretsAppDependabot GithubSecretsApp = "dependabot"
)

// Values lists the applications for the schema.
func (GithubSecretsApp) Values() []infer.EnumValue[GithubSecretsApp] {
	return []infer.EnumValue[GithubSecretsApp]{
		{Name: "Actions", Value: GithubSecretsAppActions, Description: "Workflows of GitHub Actions."},
		{
			Name: "Codespaces", Value: GithubSecretsAppCodespaces,
			Description: "Development environments in GitHub Codespaces.",
		},
		{
			Name: "Dependabot", Value: GithubSecretsAppDependabot,
			Description: "Dependabot, and the workflows that it starts.",
		},
	}
}

// GithubSecretsVisibility says which repositories see a secret of an organization.
type GithubSecretsVisibility string

// The visibilities, as GitHub names them.
const (
	GithubSecretsVisibilityAll      GithubSecretsVisibility = "all"
	GithubSecretsVisibilityPrivate  GithubSecretsVisibility = "private"
	GithubSecretsVisibilitySelected GithubSecretsVisibility = "selected"
)

// Values lists the visibilities for the schema.
func (GithubSecretsVisibility) Values() []infer.EnumValue[GithubSecretsVisibility] {
	return []infer.EnumValue[GithubSecretsVisibility]{
		{Name: "All", Value: GithubSecretsVisibilityAll, Description: "Every repository of the organization."},
		{
			Name: "Private", Value: GithubSecretsVisibilityPrivate,
			Description: "The private and the internal repositories of the organization.",
		},
		{
			Name: "Selected", Value: GithubSecretsVisibilitySelected,
			Description: "The repositories that `selectedRepositoryIds` lists.",
		},
	}
}
