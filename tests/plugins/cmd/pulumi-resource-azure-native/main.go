// Command pulumi-resource-azure-native is a stand-in for the Azure Native provider, for tests.
package main

import (
	"github.com/escsync/pulumi-escsync/tests/plugins/azurenative"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

func main() {
	standin.Main(azurenative.Plugin())
}
