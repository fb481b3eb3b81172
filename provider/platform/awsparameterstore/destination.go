package awsparameterstore

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination configures a push to AWS Systems Manager Parameter Store.
type Destination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	Path pulumi.StringPtrInput `pulumi:"path,optional"`
	target.KeySettings
	Region      pulumi.StringPtrInput         `pulumi:"region,optional"`
	Description pulumi.StringPtrInput         `pulumi:"description,optional"`
	Type        *Type                         `pulumi:"type,optional"`
	Tier        *Tier                         `pulumi:"tier,optional"`
	KmsKeyID    pulumi.StringPtrInput         `pulumi:"kmsKeyId,optional"`
	Tags        map[string]pulumi.StringInput `pulumi:"tags,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About returns the platform's names.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "AwsParameterStoreDestination")
	a.Describe(&d, "Pushes to AWS Systems Manager Parameter Store. Credentials come from the AWS provider.")
	a.Describe(&d.Name, "The exact name of the one parameter, such as `/prod/db`. Required with `json` and "+
		"`single`. Not with `perKey`: see `path`.")
	a.Describe(&d.Path, target.PathText("/prod/shop"))
	d.DescribeKeys(a, target.DefaultByPath, "/")
	a.Describe(&d.Region, "The region to push to, such as `us-west-2`. Default: the region of the AWS provider.")
	a.Describe(&d.Description, "The description of each parameter, such as `Managed by EscSync`, with at most "+
		"1024 characters ([limits]("+pagePut+")).")
	a.Describe(&d.Type, "How AWS stores the value: `SecureString`, encrypted, or `String`, in plain text. It "+
		"cannot be changed once a parameter exists. Default: `SecureString`.")
	a.Describe(&d.Tier, "How large a value may be ([tiers]("+pageTiers+")): `Standard` (4 KB, free), "+
		"`Advanced` (8 KB, charged) or `Intelligent-Tiering`, the cheapest tier that fits. AWS never turns an "+
		"advanced parameter back into a standard one. Default: `Intelligent-Tiering`.")
	a.Describe(&d.KmsKeyID, "The KMS key that encrypts a SecureString, as ARN or ID, such as "+
		"`1234abcd-12ab-34cd-56ef-1234567890ab`. Default: `aws/ssm`.")
	a.Describe(&d.Tags, "Tags of each parameter, such as `{team: shop}`, besides the ownership tag: at most 49 "+
		"([limits]("+pageTags+")).")
}

// Type is how AWS stores the value of a parameter.
type Type string

// The types, as AWS names them.
const (
	TypeSecureString Type = "SecureString"
	TypeString       Type = "String"
)

// Annotate names the enum.
func (e *Type) Annotate(a infer.Annotator) { a.SetToken("index", "AwsParameterStoreType") }

// Values lists the types for the schema.
func (Type) Values() []infer.EnumValue[Type] {
	return []infer.EnumValue[Type]{
		{
			Name: "SecureString", Value: TypeSecureString,
			Description: "A value encrypted with a KMS key.",
		},
		{Name: "String", Value: TypeString, Description: "A value in plain text."},
	}
}

// Tier is the tier of a parameter. It determines its maximum size and its price.
type Tier string

// The tiers, as AWS names them.
const (
	TierIntelligentTiering Tier = "Intelligent-Tiering"
	TierStandard           Tier = "Standard"
	TierAdvanced           Tier = "Advanced"
)

// Annotate names the enum.
func (e *Tier) Annotate(a infer.Annotator) { a.SetToken("index", "AwsParameterStoreTier") }

// Values lists the tiers for the schema.
func (Tier) Values() []infer.EnumValue[Tier] {
	return []infer.EnumValue[Tier]{
		{
			Name: "IntelligentTiering", Value: TierIntelligentTiering,
			Description: "The cheapest tier that the value fits in.",
		},
		{Name: "Standard", Value: TierStandard, Description: "Up to 4 KB, without charge."},
		{Name: "Advanced", Value: TierAdvanced, Description: "Up to 8 KB, charged monthly."},
	}
}
