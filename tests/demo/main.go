// Command demo shows one sync from end to end on this machine: a value changes in Pulumi ESC, and the secret on a
// platform changes with it. The CLI, the provider and the programs are real. Pulumi Cloud, the published plugins and
// most platforms are local stand-ins. `make demo` builds everything and runs it.
//
//	demo [destination]
//	demo shell [destination]
//	demo known [destination]
//
// shell opens a shell for a user's own programs, with the same stand-ins. known only fails if there is no such
// destination, so that make can check the name before it builds the rest.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	args := os.Args[1:]
	command := ""
	if len(args) > 0 && (args[0] == "shell" || args[0] == "known") {
		command, args = args[0], args[1:]
	}
	shown, err := findDestination(strings.Join(args, " "))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if command == "known" {
		return
	}
	d := &demo{report: newReport(os.Stdout), destination: shown}
	if command == "shell" {
		err = d.shell(ctx, os.Stdin)
	} else {
		err = d.run(ctx)
	}
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "interrupted")
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "FAILED:", d.report.mask(err.Error()))
		os.Exit(1)
	}
	if command == "" {
		d.report.next(shown.Name)
	}
}
