// Command pulumi-resource-vault is a stand-in for the Vault provider, for tests.
package main

import (
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/vault"
)

func main() {
	standin.Main(vault.Plugin())
}
