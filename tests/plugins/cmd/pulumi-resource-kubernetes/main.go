// Command pulumi-resource-kubernetes is a stand-in for the Kubernetes provider, for tests.
package main

import (
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/kubernetes"
)

func main() {
	standin.Main(kubernetes.Plugin())
}
