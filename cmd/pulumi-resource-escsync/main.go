// Command pulumi-resource-escsync is the plugin that the Pulumi engine runs for resources of the package escsync.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/escsync/pulumi-escsync/provider"
)

func main() {
	if err := provider.Serve(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
