package azurekeyvault

import (
	"context"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Destination describes the platform for tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "azureKeyVault", Server: &platforms.Server{
		About: "Azure Key Vault is a stand-in server of this repository",
		Proof: "own stand-in server",
		Start: func(ctx context.Context) (platforms.Platform, error) { return Start(ctx, Options{}) },
	},
	Rows: []platforms.Row{
		{
			Name:        "azureKeyVault",
			Destination: "{azureKeyVault: {vaultName: escsync-test, resourceGroupName: shop, keys: {template: 'shop--{key}'}}}",
			Denial:      "AuthorizationFailed",
			Elsewhere:   platforms.Named("ARM_SUBSCRIPTION_ID", "22222222-2222-2222-2222-222222222222"),
			Identity:    platforms.Below("azureKeyVault/escsync-test/shop--"),
			Restoring:   "az keyvault secret recover",
			Limits:      platforms.Limits{NamesReserved: "ObjectIsDeletedButRecoverable"},
			Edited:      "repaired if it drops the tags, else not detected until the value changes",
			Deleted:     "an error until it is recovered or purged",
			Pattern: platforms.Pattern{
				Platform: "azureKeyVault", Settings: "vaultName: escsync-test, resourceGroupName: shop", Name: "shop-database",
				Identity: "azureKeyVault/escsync-test/shop-database",
			},
		},
	},
	Pushes: map[string]platforms.Push{
		"azureKeyVault-json": {
			Destination: `{"mapping": "json", "name": "ALL", "vaultName": "escsync-test", "resourceGroupName": "shop"}`,
			Identity:    "azureKeyVault/escsync-test/ALL",
		},
		"azureKeyVault-single": {
			Destination: `{"mapping": "single", "name": "ONE", "vaultName": "escsync-test", "resourceGroupName": "shop"}`,
			Key:         "user",
			Identity:    "azureKeyVault/escsync-test/ONE",
		},
	},
	Demo: platforms.Demo{
		Settings: "{vaultName: escsync-test, resourceGroupName: shop, name: prod-shop}",
		Secret:   "azureKeyVault/escsync-test/prod-shop",
	},
	Beyond: "looking up database-user on the platform",
	Docs: platforms.Docs{
		Example:     "azure-key-vault",
		Default:     "one secret for each key, `db--password`",
		Checked:     "name 127, letters, digits and `-`, case-insensitive; value 25 600 bytes, not empty",
		Credentials: "OIDC or Azure login",
		Section:     "Azure Key Vault",
		Limit:       "values cannot be read, so manual edits are only partly detected; a deleted name is blocked",
	},
}
