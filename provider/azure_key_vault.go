package provider

import (
	"fmt"

	"github.com/pulumi/pulumi-azure-native-sdk/keyvault/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/keyname"
	"github.com/escsync/pulumi-escsync/provider/internal/limit"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
	"github.com/escsync/pulumi-escsync/provider/internal/ownership"
	"github.com/escsync/pulumi-escsync/provider/internal/place"
)

var azureKeyVaultRules = platformRules{
	defaultMapping: mapping.JSON,
	// Two hyphens are what .NET reads as the separator of nested keys.
	codec: keyname.Codec{Separator: "--", Allowed: "-", Replacement: "-"},
	fold:  true,
	name:  limit.AzureKeyVaultName,
	value: limit.AzureKeyVaultValue,
}

type azureKeyVault struct {
	secrets              []pushedSecret
	vault, resourceGroup string
	contentType          *document.Node
	tags                 map[string]document.Node
}

func planAzureKeyVault(r pushRequest) (pushPlan, bool) {
	secrets, known := r.secrets(azureKeyVaultRules)
	target := azureKeyVault{
		secrets:       secrets,
		vault:         r.required("vaultName", limit.AzureVaultName),
		resourceGroup: r.required("resourceGroupName", limit.AzureResourceGroup),
		contentType:   r.checked("contentType", r.settings.Input("contentType"), limit.AzureContentType),
		tags:          r.tags("tags", limit.AzureTags, ownership.TagKey),
	}
	list := items(secrets, target.vault, "")
	for i := range list {
		list[i].folded = true
		list[i].shape = "the address " + target.resourceGroup + "/" + target.vault + "/" + list[i].name
	}
	return pushPlan{
		items:    list,
		locate:   configured("azure-native", place.Source.Azure),
		lookUp:   target.lookUp,
		register: target.register,
	}, known
}

// azureAbsent is how the Azure Native provider says that a resource does not exist.
var azureAbsent = []string{"SecretNotFound", "ResourceNotFound", "404 Not Found", "StatusCode=404", "Status=404"}

func (t azureKeyVault) lookUp(r *registration) (map[string]existing, error) {
	marks := r.plan.request.marks(ownership.Mark.Azure)
	return r.lookUpEach(azureAbsent, func(name string) (existing, error) {
		secret, err := keyvault.LookupSecret(r.ctx, &keyvault.LookupSecretArgs{
			ResourceGroupName: t.resourceGroup,
			VaultName:         t.vault,
			SecretName:        name,
		}, r.invokeOptions()...)
		if err != nil || secret == nil || secret.Id == "" {
			return existing{}, err
		}
		return existing{importID: secret.Id, whose: whose(secret.Tags[ownership.TagKey], marks)}, nil
	})
}

func (t azureKeyVault) register(r *registration) error {
	mark := map[string]string{ownership.TagKey: ownership.Mark(r.plan.request.syncID).Azure()}
	for _, s := range t.secrets {
		name := r.logical(s.key)
		if _, err := keyvault.NewSecret(r.ctx, name, &keyvault.SecretArgs{
			ResourceGroupName: pulumi.String(t.resourceGroup),
			VaultName:         pulumi.String(t.vault),
			SecretName:        pulumi.String(s.name),
			Properties: keyvault.SecretPropertiesArgs{
				ContentType: passedString(t.contentType),
				Value:       secretText(s.text).ToStringPtrOutput(),
			},
			Tags: passedStrings(t.tags, mark),
		}, r.adopting(s)...); err != nil {
			return fmt.Errorf("registering secret %s: %w", name, err)
		}
	}
	return nil
}
