// Command demo shows one sync from end to end, on this machine alone: a value changes in Pulumi ESC, and the secret is
// in AWS Secrets Manager. The CLI, the provider and the programs are real; Pulumi Cloud, AWS and the plugins of both
// are local stand-ins. `make demo` builds what it needs and runs it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	d := &demo{report: newReport(os.Stdout)}
	err := d.run(ctx)
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "interrupted")
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "FAILED:", d.report.mask(err.Error()))
		os.Exit(1)
	}
}
