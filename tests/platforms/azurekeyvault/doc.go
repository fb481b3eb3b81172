// Package azurekeyvault is a stand-in for secrets in Azure Key Vault: the data plane over TLS, which asks for a
// bearer token as Azure does, and the part of the management plane (ARM) through which azure-native:keyvault:Secret
// writes. It is not Azure, and there is no independent server: it follows the rules that Azure documents.
//
// What differs from Azure, as far as known:
//   - Tokens are two fixed ones, one of which may not write; there are no access policies and roles.
//   - Every vault of the Options exists, in any resource group. Vaults cannot be managed.
//   - ARM answers 409 for a name that is soft-deleted, with the data plane's error code: ARM's own is not documented.
//   - Deleting and recovering end at once. Backup, and lists of versions, are missing.
//   - 25 KB is taken for 25,600 bytes.
package azurekeyvault
