package vault

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination says where and how to push to HashiCorp Vault.
type Destination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	Path pulumi.StringPtrInput `pulumi:"path,optional"`
	target.KeySettings
	Mount             pulumi.StringPtrInput         `pulumi:"mount,optional"`
	KvVersion         pulumi.IntPtrInput            `pulumi:"kvVersion,optional"`
	Field             pulumi.StringPtrInput         `pulumi:"field,optional"`
	Metadata          map[string]pulumi.StringInput `pulumi:"metadata,optional"`
	MaxVersions       pulumi.IntPtrInput            `pulumi:"maxVersions,optional"`
	DeleteAllVersions pulumi.BoolPtrInput           `pulumi:"deleteAllVersions,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About returns the platform's names.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "VaultDestination")
	a.Describe(&d, "A key-value engine of HashiCorp Vault. Address and credentials come from the Vault provider.")
	a.Describe(&d.Name, "The path of the one secret below the mount, which `json` and `single` need. Not with `perKey`: "+
		"see `path`.")
	a.Describe(&d.Path, target.PathText("prod/shop"))
	d.DescribeKeys(a, target.DefaultByPath, "/")
	a.Describe(&d.Mount, "The mount of the engine. Default: `secret`.")
	a.Describe(&d.KvVersion, "The version of the engine, 2 or 1. Default: 2. Version 1 holds no ownership tag.")
	a.Describe(&d.Field, "The field that holds the text, with the mappings `perKey` and `single`. Default: `value`. "+
		"With `json` every top-level key is a field.")
	a.Describe(&d.Metadata, "Custom metadata of the secrets, besides the key that says who owns them. Version 2 only.")
	a.Describe(&d.MaxVersions, "How many versions Vault keeps of a secret. Default: the engine's. Version 2 only.")
	a.Describe(&d.DeleteAllVersions, "With the deletion policy `Delete`: destroy all versions for good, instead of "+
		"deleting the latest so that it can be undeleted. Default: false. Version 2 only.")
}
