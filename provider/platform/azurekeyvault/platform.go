// Package azurekeyvault pushes to Azure Key Vault.
package azurekeyvault

import (
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// Platform describes the platform to the rest of the provider.
var Platform = target.Platform{
	About:     about,
	Package:   "azure-native",
	Component: target.ComponentOf[Destination],
	Plan:      plan,
	// The account is a subscription.
	Account: func(s account.Source) string {
		return account.Join("Azure subscription", s.First("azure-native:subscriptionId", "ARM_SUBSCRIPTION_ID"))
	},
	// https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
	Ownership: ownership.Tag{Key: ownership.Key, MaxLength: 256},
	Hints: target.Hints{
		Denied: []string{"authorizationfailed", "does not have authorization", "error code: forbidden"},
		Exists: []string{"already existing resource"},
		Own: []target.Hint{{
			// https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
			Words: []string{"objectisdeletedbutrecoverable", "deleted but recoverable state"},
			Text: "a secret with that name is soft-deleted in the key vault, which reserves the name: recover it " +
				"with `az keyvault secret recover --vault-name <vault> --name <name>`, and the next run adopts it; " +
				"or purge it",
		}},
	},
}

var about = target.About{Name: "azureKeyVault", Type: "AzureKeyVault", Title: "Azure Key Vault"}
