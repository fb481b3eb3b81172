// Command pulumi-resource-aws is a stand-in for the AWS provider, for tests.
package main

import (
	"github.com/escsync/pulumi-escsync/tests/plugins/aws"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

func main() {
	standin.Main(aws.Plugin())
}
