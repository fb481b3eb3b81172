package azurekeyvault

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination says where and how to push to Azure Key Vault.
type Destination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	target.KeySettings
	VaultName         pulumi.StringInput            `pulumi:"vaultName"`
	ResourceGroupName pulumi.StringInput            `pulumi:"resourceGroupName"`
	ContentType       pulumi.StringPtrInput         `pulumi:"contentType,optional"`
	Tags              map[string]pulumi.StringInput `pulumi:"tags,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About returns the platform's names.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "AzureKeyVaultDestination")
	a.Describe(&d, "An Azure key vault. The credentials come from the Azure Native provider.")
	a.Describe(&d.Name, "The exact name of the secret, which `json` and `single` need: letters, digits and hyphens. Not "+
		"with `perKey`: see `keys.template`.")
	d.DescribeKeys(a, target.DefaultByName, "--")
	a.Describe(&d.VaultName, "The name of the key vault. Its spelling cannot be changed once a secret exists, nor can "+
		"that of `name` or `resourceGroupName`.")
	a.Describe(&d.ResourceGroupName, "The resource group of the key vault.")
	a.Describe(&d.ContentType, "The content type of the secrets, such as `application/json`.")
	a.Describe(&d.Tags, "Tags of the secrets, besides the ownership tag.")
}
