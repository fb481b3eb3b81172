package awssecretsmanager

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination says where and how to push to AWS Secrets Manager.
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
	a.Describe(&d, "A place in AWS Secrets Manager. The credentials come from the AWS provider.")
	a.Describe(&d.Name, "The exact name of the secret, which `json` and `single` need. Not with `perKey`: see `path`.")
	a.Describe(&d.Path, target.PathText("prod/shop"))
	d.DescribeKeys(a, target.DefaultByPath, "/")
	a.Describe(&d.Region, "The region, such as `us-west-2`. Default: the region of the AWS provider.")
	a.Describe(&d.Description, "The description of the secret, at most 2048 characters.")
	a.Describe(&d.KmsKeyID, "ARN or id of the KMS key that encrypts the secret. Default: `aws/secretsmanager`.")
	a.Describe(&d.RecoveryWindowInDays, "Days for which a secret can be restored that `deletionPolicy: Delete` has "+
		"deleted: 7 to 30, or 0 to delete at once and for good. Default: 30.")
	a.Describe(&d.Replicas, "Regions that get a replica of the secret.")
	a.Describe(&d.Tags, "Tags of the secret, besides the ownership tag.")
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
	a.Describe(&r, "A replica of a secret in another region.")
	a.Describe(&r.Region, "The region of the replica.")
	a.Describe(&r.KmsKeyID, "ARN or id of the KMS key in that region. Default: `aws/secretsmanager`.")
}
