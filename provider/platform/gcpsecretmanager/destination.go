package gcpsecretmanager

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination says where and how to push to GCP Secret Manager.
type Destination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	target.KeySettings
	Project     pulumi.StringPtrInput         `pulumi:"project,optional"`
	Regions     []pulumi.StringInput          `pulumi:"regions,optional"`
	KmsKeyName  pulumi.StringPtrInput         `pulumi:"kmsKeyName,optional"`
	Labels      map[string]pulumi.StringInput `pulumi:"labels,optional"`
	Annotations map[string]pulumi.StringInput `pulumi:"annotations,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About returns the platform's names.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "GcpSecretManagerDestination")
	a.Describe(&d, "A project in GCP Secret Manager. The credentials come from the GCP provider.")
	a.Describe(&d.Name, "The exact id of the secret, which `json` and `single` need. Not with `perKey`: see "+
		"`keys.template`.")
	d.DescribeKeys(a, target.DefaultByName, "_")
	a.Describe(&d.Project, "The id of the project. Default: the project of the GCP provider.")
	a.Describe(&d.Regions, "The regions that hold the secret. Default: GCP replicates it automatically. It cannot be "+
		"changed once a secret exists.")
	a.Describe(&d.KmsKeyName, "The Cloud KMS key that encrypts the secret, with automatic replication or one region. "+
		"Default: Google's own.")
	a.Describe(&d.Labels, "Labels of the secrets.")
	a.Describe(&d.Annotations, "Annotations of the secrets, besides the one that says who owns them.")
}
