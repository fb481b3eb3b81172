// Package azurekeyvault is a stand-in for secrets in Azure Key Vault: the data plane over TLS, which requires a bearer
// token as Azure does, and the part of the management plane (ARM) through which azure-native:keyvault:Secret writes.
// There is no independent server, so it follows Azure's documentation.
//
// Known differences to Azure:
//   - Two tokens are valid, one of which may not write. There are no access policies and roles.
//   - Every vault of the Options exists, in any resource group. Vaults cannot be managed.
//   - ARM answers 409 for a soft-deleted name, with the data plane's error code: ARM's own is not documented.
//   - Deleting and recovering end at once. Backup, and lists of versions, are missing.
//   - 25 KB means 25,600 bytes.
package azurekeyvault
