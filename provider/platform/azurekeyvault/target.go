package azurekeyvault

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/keyvault/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

var rules = target.Rules{
	// .NET treats two hyphens as the separator of nested keys.
	Codec:           keyname.Codec{Separator: "--", Allowed: "-", Replacement: "-"},
	CaseInsensitive: true,
	Name:            nameLimit,
	Value:           valueLimit,
}

// push is what the plan registers.
type push struct {
	secrets              []target.Secret
	vault, resourceGroup string
	contentType          *document.Node
	tags                 map[string]document.Node
}

// theAddress precedes the address of a secret in Item.Immutable: resource group, vault and name.
const theAddress = "the address "

// groupOf returns the resource group of an item. A secret that is no longer pushed may be in another one.
func (t push) groupOf(item target.Item) string {
	address, known := strings.CutPrefix(item.Immutable, theAddress)
	if group, _, found := strings.Cut(address, "/"); known && found {
		return group
	}
	return t.resourceGroup
}

func plan(r target.Request) (target.Plan, bool) {
	secrets, known := r.Secrets(rules)
	to := push{
		secrets:       secrets,
		vault:         r.Required("vaultName", checkVaultName),
		resourceGroup: r.Required("resourceGroupName", checkResourceGroup),
		contentType:   r.Checked("contentType", r.Settings.Input("contentType"), contentTypeLimit),
		tags:          r.Tags("tags", tagLimit, r.Platform.Ownership.Key),
	}
	list := target.ItemsOf(secrets, to.vault, "")
	for i := range list {
		list[i].CaseInsensitive = true
		list[i].Immutable = theAddress + to.resourceGroup + "/" + to.vault + "/" + list[i].Name
	}
	return target.Plan{
		Items:    list,
		Lookup:   to.lookUp,
		Register: to.register,
	}, known
}

// absent are the texts for "not found" of the Azure Native provider.
var absent = []string{"SecretNotFound", "ResourceNotFound", "404 Not Found", "StatusCode=404", "Status=404"}

func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	return r.LookupEach(absent, func(item target.Item) (target.Existing, error) {
		secret, err := keyvault.LookupSecret(r.Ctx, &keyvault.LookupSecretArgs{
			ResourceGroupName: t.groupOf(item),
			VaultName:         cmp.Or(item.Location, t.vault),
			SecretName:        item.Name,
		}, r.InvokeOptions()...)
		if err != nil || secret == nil || secret.Id == "" {
			return target.Existing{}, err
		}
		return r.Tagged(secret.Id, secret.Tags), nil
	})
}

func (t push) register(r *target.Registration) error {
	own := r.OwnershipTag()
	for _, s := range r.AndReleased(t.secrets) {
		name := r.Logical(s)
		secret, err := keyvault.NewSecret(r.Ctx, name, &keyvault.SecretArgs{
			ResourceGroupName: pulumi.String(t.resourceGroup),
			VaultName:         pulumi.String(t.vault),
			SecretName:        pulumi.String(s.Name),
			Properties: keyvault.SecretPropertiesArgs{
				ContentType: target.PassedString(t.contentType),
				Value:       target.SecretText(s.Text).ToStringPtrOutput(),
			},
			Tags: target.PassedStrings(t.tags, own),
		}, r.Adopting(s)...)
		if err != nil {
			return fmt.Errorf("registering secret %s: %w", name, err)
		}
		r.Registered(s, secret)
	}
	return nil
}
