// Command pulumi-resource-pulumiservice is a stand-in for the Pulumi Cloud provider, for tests.
package main

import (
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/pulumiservice"
)

func main() {
	standin.Main(pulumiservice.Plugin())
}
