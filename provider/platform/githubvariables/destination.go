package githubvariables

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination is a place in GitHub.
type Destination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	target.KeySettings
	Repository  pulumi.StringInput    `pulumi:"repository"`
	Environment pulumi.StringPtrInput `pulumi:"environment,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About says how the platform is called.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "GithubVariablesDestination")
	a.Describe(&d, "Variables of GitHub Actions, of a repository or of an environment of one. Everybody who can read "+
		"the repository can read them in plain text, and logs do not mask them: push only what is not secret. The "+
		"owner and the credentials come from the GitHub provider.")
	a.Describe(&d.Name, "The exact name of the variable, which `json` and `single` need. GitHub stores names in "+
		"capitals. Not with `perKey`: see `keys.template`.")
	d.DescribeKeys(a, target.DefaultByName, "_")
	a.Describe(&d.Repository, "The repository, without its owner.")
	a.Describe(&d.Environment, "The environment of the repository. Without it the variables are the repository's own.")
}
