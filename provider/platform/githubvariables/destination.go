package githubvariables

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination says where and how to push variables to GitHub.
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
	a.Describe(&d, "Variables of GitHub Actions, of a repository, of an environment of one, or of an organization. "+
		"Everybody who can read the repository can read them in plain text, and logs do not mask them: push only what "+
		"is not secret. The owner and the credentials come from the GitHub provider.")
	a.Describe(&d.Name, "The exact name of the variable, which `json` and `single` need. GitHub stores names in "+
		"capitals. Not with `perKey`: see `keys.template`.")
	d.DescribeKeys(a, target.DefaultByName, "_")
	a.Describe(&d.Repository, "The repository, without its owner. Without it the variables are the organization's.")
	a.Describe(&d.Environment, "The environment of the repository. Without it the variables are the repository's own.")
	a.Describe(&d.Visibility, "Which repositories see a variable of the organization: `all`, `private` or `selected`. "+
		"Required for an organization's variables, where `repository` is not given: there is no default for it. It "+
		"cannot change for a variable that exists. Not with `repository`.")
	a.Describe(&d.SelectedRepositoryIDs, "With the visibility `selected`: the ids of the repositories.")
}
