// Command pulumicloud serves the local Pulumi Cloud until interrupted, for manual use. It prints the variables that the
// Pulumi CLI needs, and then one line per request.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func serve() error {
	organization := flag.String("organization", "acme", "name of the organization")
	runner := flag.Bool("background-runner", false, "whether deployments that nobody asked for may open environments")
	flag.Parse()

	// Deployments use the same CLI and plugins as this shell.
	server, err := pulumicloud.Start(pulumicloud.Options{
		Organization:     *organization,
		BackgroundRunner: *runner,
		Environment:      []string{"PATH=" + os.Getenv("PATH")},
		Log:              os.Stderr,
	})
	if err != nil {
		return err
	}
	fmt.Printf("export PULUMI_BACKEND_URL=%s\nexport PULUMI_ACCESS_TOKEN=%s\n", server.URL(), server.AccessToken())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	<-ctx.Done()
	return server.Close()
}
