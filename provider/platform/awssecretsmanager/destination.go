package awssecretsmanager

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination configures a push to AWS Secrets Manager.
type Destination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	Path pulumi.StringPtrInput `pulumi:"path,optional"`
	target.KeySettings
	Region               pulumi.StringPtrInput         `pulumi:"region,optional"`
	Description          pulumi.StringPtrInput         `pulumi:"description,optional"`
	KmsKeyID             pulumi.StringPtrInput         `pulumi:"kmsKeyId,optional"`
	RecoveryWindowInDays pulumi.IntPtrInput            `pulumi:"recoveryWindowInDays,optional"`
	Replicas             []Replica                     `pulumi:"replicas,optional"`
	Tags                 map[string]pulumi.StringInput `pulumi:"tags,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About returns the platform's names.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "AwsSecretsManagerDestination")
	a.Describe(&d, "Pushes to AWS Secrets Manager. Credentials come from the AWS provider.")
	a.Describe(&d.Name, "The exact name of the one secret, such as `prod/db`. Required with `json` and `single`. "+
		"Not with `perKey`: see `path`.")
	a.Describe(&d.Path, target.PathText("prod/shop"))
	d.DescribeKeys(a, target.DefaultByPath, "/")
	a.Describe(&d.Region, "The region to push to, such as `us-west-2`. Default: the region of the AWS provider.")
	a.Describe(&d.Description, "The description of each secret, such as `Managed by EscSync`, with at most 2048 "+
		"characters ([limits]("+pageCreate+")).")
	a.Describe(&d.KmsKeyID, "The KMS key that encrypts each secret, as ARN or ID, such as "+
		"`1234abcd-12ab-34cd-56ef-1234567890ab`. Default: `aws/secretsmanager`.")
	a.Describe(&d.RecoveryWindowInDays, "How many days AWS can still restore a secret that `deletionPolicy: "+
		"Delete` has deleted, such as `7`: 7 to 30, or 0 to delete immediately and permanently ([recovery window]("+
		pageDelete+")). Default: 30.")
	a.Describe(&d.Replicas, "Replicates each secret to other regions, such as `[{region: eu-west-1}]`.")
	a.Describe(&d.Tags, "Tags of each secret, such as `{team: shop}`, besides the ownership tag: at most 49 "+
		"([limits]("+pageTags+")).")
}

// Replica is a replica of a secret in another region.
type Replica struct {
	Region   pulumi.StringInput    `pulumi:"region"`
	KmsKeyID pulumi.StringPtrInput `pulumi:"kmsKeyId,optional"`
}

var _ infer.Annotated = (*Replica)(nil)

// Annotate documents the type and its properties.
func (r *Replica) Annotate(a infer.Annotator) {
	a.SetToken("index", "AwsSecretsManagerReplica")
	a.Describe(&r, "A replica of each secret in another region.")
	a.Describe(&r.Region, "The region of the replica, such as `eu-west-1`.")
	a.Describe(&r.KmsKeyID, "The KMS key in that region that encrypts the replica, as ARN or ID, such as "+
		"`1234abcd-12ab-34cd-56ef-1234567890ab`. Default: `aws/secretsmanager`.")
}
