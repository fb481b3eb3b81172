// Command pulumi-resource-gcp is a stand-in for the Google Cloud provider, for tests.
package main

import (
	"github.com/escsync/pulumi-escsync/tests/plugins/gcp"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

func main() {
	standin.Main(gcp.Plugin())
}
