package vault

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination configures a push to HashiCorp Vault.
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
	a.Describe(&d, "Pushes to a key-value engine of HashiCorp Vault. The address and the credentials come from "+
		"the Vault provider.")
	a.Describe(&d.Name, "The path of the one secret below the mount, such as `prod/db`. Required with `json` and "+
		"`single`. Not with `perKey`: see `path`.")
	a.Describe(&d.Path, target.PathText("prod/shop"))
	d.DescribeKeys(a, target.DefaultByPath, "/")
	a.Describe(&d.Mount, "The mount of the engine, such as `kv`. Default: `secret`.")
	a.Describe(&d.KvVersion, "The version of the engine: 1 or 2. Version 1 has no ownership tag. Default: 2.")
	a.Describe(&d.Field, "The field of each secret that contains the text, such as `password`, with the mappings "+
		"`perKey` and `single`. With `json` every top-level key is a field. Default: `value`.")
	a.Describe(&d.Metadata, "Custom metadata of each secret, such as `{team: shop}`, besides the ownership tag: "+
		"at most 63 entries ([limits]("+pageMetadata+")). Version 2 only.")
	a.Describe(&d.MaxVersions, "How many versions of a secret Vault retains, such as `5`. Default: the engine's "+
		"setting. Version 2 only.")
	a.Describe(&d.DeleteAllVersions, "With `deletionPolicy: Delete`: `true` destroys all versions permanently, "+
		"`false` deletes the latest version, which can be undeleted. Default: false. Version 2 only.")
}
