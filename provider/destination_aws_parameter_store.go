package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// AwsParameterStoreDestination is a place in AWS Systems Manager Parameter Store.
type AwsParameterStoreDestination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	KeyMapping
	Region      pulumi.StringPtrInput         `pulumi:"region,optional"`
	Description pulumi.StringPtrInput         `pulumi:"description,optional"`
	Type        *AwsParameterStoreType        `pulumi:"type,optional"`
	Tier        *AwsParameterStoreTier        `pulumi:"tier,optional"`
	KmsKeyID    pulumi.StringPtrInput         `pulumi:"kmsKeyId,optional"`
	Tags        map[string]pulumi.StringInput `pulumi:"tags,optional"`
}

var _ infer.Annotated = (*AwsParameterStoreDestination)(nil)

// Annotate documents the type and its properties.
func (d *AwsParameterStoreDestination) Annotate(a infer.Annotator) {
	a.Describe(&d, "A place in AWS Systems Manager Parameter Store. The credentials come from the AWS provider.")
	a.Describe(&d.Name, "The exact name of the parameter. With the mapping `perKey` the path that comes before every "+
		"key, such as `/prod/shop`; it may be left out, and must be given with `json` and `single`. Default: none.")
	d.annotate(a, MappingPerKey, "/")
	a.Describe(&d.Region, "The region, such as `us-west-2`. Default: the region of the AWS provider.")
	a.Describe(&d.Description, "The description of the parameters, at most 1024 characters. Default: none.")
	a.Describe(&d.Type, "`SecureString` or `String`, which cannot be changed once a parameter exists. Default: "+
		"`SecureString`.")
	a.Describe(&d.Tier, "`Intelligent-Tiering`, `Standard` (4 KB) or `Advanced` (8 KB, which costs). Default: "+
		"`Intelligent-Tiering`, which takes the cheapest that fits. AWS makes no standard parameter of an advanced one.")
	a.Describe(&d.KmsKeyID, "ARN or id of the KMS key that encrypts a SecureString. Default: `aws/ssm`.")
	a.Describe(&d.Tags, "Tags of the parameters, besides the tag that marks them as ours. Default: none.")
}

// AwsParameterStoreType says how AWS keeps the value of a parameter.
type AwsParameterStoreType string

// The types, as AWS names them.
const (
	AwsParameterStoreTypeSecureString AwsParameterStoreType = "SecureString"
	AwsParameterStoreTypeString       AwsParameterStoreType = "String"
)

// Values lists the types for the schema.
func (AwsParameterStoreType) Values() []infer.EnumValue[AwsParameterStoreType] {
	return []infer.EnumValue[AwsParameterStoreType]{
		{
			Name: "SecureString", Value: AwsParameterStoreTypeSecureString,
			Description: "A value that is encrypted with a KMS key.",
		},
		{Name: "String", Value: AwsParameterStoreTypeString, Description: "A value in plain text."},
	}
}

// AwsParameterStoreTier says how large a parameter may be, and what it costs.
type AwsParameterStoreTier string

// The tiers, as AWS names them.
const (
	AwsParameterStoreTierIntelligentTiering AwsParameterStoreTier = "Intelligent-Tiering"
	AwsParameterStoreTierStandard           AwsParameterStoreTier = "Standard"
	AwsParameterStoreTierAdvanced           AwsParameterStoreTier = "Advanced"
)

// Values lists the tiers for the schema.
func (AwsParameterStoreTier) Values() []infer.EnumValue[AwsParameterStoreTier] {
	return []infer.EnumValue[AwsParameterStoreTier]{
		{
			Name: "IntelligentTiering", Value: AwsParameterStoreTierIntelligentTiering,
			Description: "The cheapest tier that the value fits in.",
		},
		{Name: "Standard", Value: AwsParameterStoreTierStandard, Description: "Up to 4 KB, without charge."},
		{Name: "Advanced", Value: AwsParameterStoreTierAdvanced, Description: "Up to 8 KB, charged by the month."},
	}
}
