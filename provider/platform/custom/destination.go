// Package custom is the destination of a user's own program. It is not a platform, because nothing here pushes to it.
package custom

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Destination is a platform that the user's own program pushes to.
type Destination struct {
	Name    pulumi.StringPtrInput `pulumi:"name,optional"`
	SyncKey pulumi.StringPtrInput `pulumi:"syncKey,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "CustomDestination")
	a.Describe(&d, "Runs your own program, given by `source`, which can write to any platform. The deployment "+
		"writes the value to `sync.json` in the program's folder, a string as it is and everything else as JSON "+
		"(a reference such as `${db}` as the value that it refers to), and sets the configuration value `secretName`.")
	a.Describe(&d.Name, "The name of the secret on the platform, such as `prod/db`, which the program gets as its "+
		"configuration value `secretName`. Without it the program may still get a `secretName` from the "+
		"`pulumiConfig` of an imported environment, like all other configuration there.")
	a.Describe(&d.SyncKey, "With `definition`: which key below `values.sync` to push, such as "+
		"`awsSecretsManager`. Default: the only one.")
}
