package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// GithubSecretsDestination is a place in GitHub.
type GithubSecretsDestination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	KeyMapping
	Repository            pulumi.StringPtrInput `pulumi:"repository,optional"`
	Environment           pulumi.StringPtrInput `pulumi:"environment,optional"`
	App                   pulumi.StringPtrInput `pulumi:"app,optional"`
	Visibility            pulumi.StringPtrInput `pulumi:"visibility,optional"`
	SelectedRepositoryIDs []pulumi.IntInput     `pulumi:"selectedRepositoryIds,optional"`
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
		"It must be given where `repository` is not. Default: none.")
	a.Describe(&d.SelectedRepositoryIDs, "With the visibility `selected`: the ids of the repositories. Default: none.")
}
