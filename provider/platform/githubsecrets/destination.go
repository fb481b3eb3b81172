package githubsecrets

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination configures a push of secrets to GitHub.
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
	a.Describe(&d, "Pushes to secrets of a repository, of an environment of a repository, or of an organization "+
		"on GitHub. The owner and the credentials come from the GitHub provider.")
	a.Describe(&d.Name, "The exact name of the one secret, such as `DATABASE`, which GitHub stores in capitals "+
		"([names]("+pageSecrets+")). Required with `json` and `single`. Not with `perKey`: see "+
		"`keys.template`. Logs mask the secret as a whole, but not single values in its JSON.")
	d.DescribeKeys(a, target.DefaultByName, "_")
	a.Describe(&d.Repository, "The repository to push to, without its owner, such as `shop`. Default: secrets of "+
		"the organization.")
	a.Describe(&d.Environment, "The environment of the repository to push to, such as `production`. Default: "+
		"secrets of the repository itself.")
	a.Describe(&d.App, "Who reads the secrets: `actions`, `codespaces` or `dependabot`. Default: `actions`.")
	a.Describe(&d.Visibility, "Which repositories can read the secrets of an organization: `all`, `private` or "+
		"`selected`. Required without `repository`, and not allowed with it.")
	a.Describe(&d.SelectedRepositoryIDs, "With the visibility `selected`: the IDs of the repositories that can "+
		"read the secrets, such as `[1296269]`.")
}

// App is the GitHub application that reads the secrets.
type App string

// The GitHub applications with their own secrets.
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
