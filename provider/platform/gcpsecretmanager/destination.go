package gcpsecretmanager

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination configures a push to GCP Secret Manager.
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
	a.Describe(&d, "Pushes to a project in GCP Secret Manager. Credentials come from the GCP provider.")
	a.Describe(&d.Name, "The exact ID of the one secret, such as `prod-db`. Required with `json` and `single`. "+
		"Not with `perKey`: see `keys.template`.")
	d.DescribeKeys(a, target.DefaultByName, "_")
	a.Describe(&d.Project, "The ID of the project to push to, such as `shop-123456`. Default: the project of the "+
		"GCP provider.")
	a.Describe(&d.Regions, "The regions that store each secret, such as `[europe-west1]` ([locations]("+
		pageRegions+")). They cannot be changed once a secret exists. Default: GCP replicates automatically.")
	a.Describe(&d.KmsKeyName, "The Cloud KMS key that encrypts each secret, such as "+
		"`projects/shop/locations/global/keyRings/esc/cryptoKeys/esc` ([keys]("+pageKeys+")). It needs "+
		"automatic replication, with a key in `global`, or exactly one region. Default: Google's own key.")
	a.Describe(&d.Labels, "Labels of each secret, such as `{team: shop}`: at most 64 ([limits]("+pageSecret+
		")).")
	a.Describe(&d.Annotations, "Annotations of each secret, such as `{contact: shop@example.com}`, besides the "+
		"ownership annotation ([limits]("+pageSecret+")).")
}
