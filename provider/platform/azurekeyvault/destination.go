package azurekeyvault

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination configures a push to Azure Key Vault.
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
	a.Describe(&d, "Pushes to an Azure key vault. Credentials come from the Azure Native provider.")
	a.Describe(&d.Name, "The exact name of the one secret, such as `prod-db`: letters, digits and hyphens "+
		"([names]("+pageObjectNames+")). Required with `json` and `single`. Not with `perKey`: see "+
		"`keys.template`.")
	d.DescribeKeys(a, target.DefaultByName, "--")
	a.Describe(&d.VaultName, "The name of the key vault, such as `shop-prod`. The spelling of `vaultName`, "+
		"`resourceGroupName` and `name` cannot be changed once a secret exists.")
	a.Describe(&d.ResourceGroupName, "The resource group of the key vault, such as `shop`.")
	a.Describe(&d.ContentType, "The content type of each secret, such as `application/json`, with at most 255 "+
		"characters ([limits]("+pageSecrets+")).")
	a.Describe(&d.Tags, "Tags of each secret, such as `{team: shop}`, besides the ownership tag: at most 14 "+
		"([limits]("+pageSecrets+")).")
}
