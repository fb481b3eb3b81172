package githubvariables

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination configures a push of variables to GitHub.
type Destination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	target.KeySettings
	Repository            pulumi.StringPtrInput `pulumi:"repository,optional"`
	Environment           pulumi.StringPtrInput `pulumi:"environment,optional"`
	Visibility            *github.Visibility    `pulumi:"visibility,optional"`
	SelectedRepositoryIDs []pulumi.IntInput     `pulumi:"selectedRepositoryIds,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About returns the platform's names.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "GithubVariablesDestination")
	a.Describe(&d, "Pushes to variables of GitHub Actions, of a repository, of an environment of a repository, or "+
		"of an organization. Variables are not secret: everybody who can read the repository can read them in "+
		"plain text, and logs do not mask them. The owner and the credentials come from the GitHub provider.")
	a.Describe(&d.Name, "The exact name of the one variable, such as `SETTINGS`, which GitHub stores in capitals "+
		"([names]("+pageVariables+")). Required with `json` and `single`. Not with `perKey`: see "+
		"`keys.template`.")
	d.DescribeKeys(a, target.DefaultByName, "_")
	a.Describe(&d.Repository, "The repository to push to, without its owner, such as `shop`. Default: variables "+
		"of the organization.")
	a.Describe(&d.Environment, "The environment of the repository to push to, such as `production`. Default: "+
		"variables of the repository itself.")
	a.Describe(&d.Visibility, "Which repositories can read the variables of an organization: `all`, `private` or "+
		"`selected`. Required without `repository`, and not allowed with it. It cannot be changed once a variable "+
		"exists.")
	a.Describe(&d.SelectedRepositoryIDs, "With the visibility `selected`: the IDs of the repositories that can "+
		"read the variables, such as `[1296269]`.")
}
