// Command pulumi-resource-github is a stand-in for the GitHub provider, for tests.
package main

import (
	"github.com/escsync/pulumi-escsync/tests/plugins/github"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

func main() {
	standin.Main(github.Plugin())
}
