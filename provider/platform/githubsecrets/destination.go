package githubsecrets

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination says where and how to push secrets to GitHub.
type Destination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	target.KeySettings
	Repository            pulumi.StringPtrInput `pulumi:"repository,optional"`
	Environment           pulumi.StringPtrInput `pulumi:"environment,optional"`
	App                   *App                  `pulumi:"app,optional"`
	Visibility            *github.Visibility    `pulumi:"visibility,optional"`
	SelectedRepositoryIDs []pulumi.IntInput     `pulumi:"selectedRepositoryIds,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About returns the platform's names.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "GithubSecretsDestination")
	a.Describe(&d, "Secrets of a repository, of an environment of one, or of an organization on GitHub. The owner "+
		"and the credentials come from the GitHub provider.")
	a.Describe(&d.Name, "The exact name of the secret, which `json` and `single` need. GitHub stores names in capitals. "+
		"Not with `perKey`: see `keys.template`. Logs mask the whole text of a secret, and not the values in its JSON.")
	d.DescribeKeys(a, target.DefaultByName, "_")
	a.Describe(&d.Repository, "The repository, without its owner. Without it the secrets are the organization's.")
	a.Describe(&d.Environment, "The environment of the repository. Without it the secrets are the repository's own.")
	a.Describe(&d.App, "Who reads the secrets: `actions`, `codespaces` or `dependabot`. Default: `actions`.")
	a.Describe(&d.Visibility, "Which repositories see a secret of the organization: `all`, `private` or `selected`. "+
		"Required for an organization's secrets, where `repository` is not given: there is no default for it. "+
		"Not with `repository`.")
	a.Describe(&d.SelectedRepositoryIDs, "With the visibility `selected`: the ids of the repositories.")
}

// App says who reads secrets on GitHub.
type App string

// The applications of GitHub that have secrets of their own.
const (
	AppActions    App = "actions"
	AppCodespaces App = "codespaces"
	AppDependabot App = "dependabot"
)

// Annotate names the enum.
func (e *App) Annotate(a infer.Annotator) { a.SetToken("index", "GithubSecretsApp") }

// Values lists the applications for the schema.
func (App) Values() []infer.EnumValue[App] {
	return []infer.EnumValue[App]{
		{Name: "Actions", Value: AppActions, Description: "Workflows of GitHub Actions."},
		{
			Name: "Codespaces", Value: AppCodespaces,
			Description: "Development environments in GitHub Codespaces.",
		},
		{
			Name: "Dependabot", Value: AppDependabot,
			Description: "Dependabot, and the workflows that it starts.",
		},
	}
}
