package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

// shell starts the local Pulumi Cloud, the platform, and a shell in which `pulumi` uses them, for a user's own programs
// without an account. When the shell ends, it prints the platform's secrets and stops everything.
func (d *demo) shell(ctx context.Context, stdin io.Reader) error {
	defer func() {
		if left := d.close(); left != nil {
			fmt.Fprintln(d.report.out, left) // processes that a user leaves running are not an error
		}
	}()
	if _, err := d.build(ctx); err != nil {
		return err
	}
	notes, err := d.start(ctx)
	if err != nil {
		return err
	}
	dir, err := d.harness.WriteProgram(d.destination.first())
	if err != nil {
		return err
	}
	for _, note := range notes {
		fmt.Fprintln(d.report.out, note)
	}
	fmt.Fprintf(d.report.out, `
This shell's pulumi is logged in to the local Pulumi Cloud, with the organization %[1]s. Runs find the platform by
themselves: leave addresses, tokens and imports of logins/ out of the docs' examples. Here is a Pulumi.yaml to change:

  pulumi stack init %[1]s/dev && pulumi up
  pulumi env init %[1]s/shop/database          an environment to import, as shop/database
  pulumi env set %[1]s/shop/database user bob  a value in it, $${user} in Pulumi YAML
  pulumi deployment list --stack %[1]s/escsync-target/my-sync-dev-sync
  pulumi deployment log 1 --stack %[1]s/escsync-target/my-sync-dev-sync
  exit                                     ends it all and shows what %[2]s holds

For clients of your own: %[3]s.
The local cloud's clock stands still: changes start runs, but no schedule does. Its links to a console lead nowhere. The
warning that this build is not a release does not matter here.
This folder and every process started here go with the shell: copy what you want to keep.

`, harness.Organization, d.destination.Name, strings.Join(variables(d.platform.Environment()), ", "))
	command := exec.CommandContext(ctx, "bash", "--norc")
	command.Dir = dir
	repository, err := toolcache.Repository()
	if err != nil {
		return err
	}
	command.Env = append(d.harness.CLIEnvironment(), "PS1=escsync \\W $ ", "TERM="+os.Getenv("TERM"),
		"ESCSYNC_REPOSITORY="+repository)
	command.Stdin, command.Stdout, command.Stderr = stdin, d.report.out, os.Stderr
	left := command.Run()
	if found, err := d.platform.Secrets(ctx); err != nil {
		left = errors.Join(left, err)
	} else {
		fmt.Fprintf(d.report.out, "\n%s holds %d secrets\n", d.destination.Name, len(found))
		for _, identity := range slices.Sorted(maps.Keys(found)) {
			fmt.Fprintf(d.report.out, "  %s = %s\n", identity, found[identity])
		}
	}
	if left != nil {
		return fmt.Errorf("the shell: %w", left)
	}
	return nil
}

// variables returns the names in KEY=VALUE pairs.
func variables(pairs []string) []string {
	names := make([]string, 0, len(pairs))
	for _, pair := range pairs {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, "$"+name)
	}
	return names
}

// first returns a program to start with, which pushes two values to this destination. Its options name the component's
// own provider, so that there is one plugin process and not two.
func (d destination) first() string {
	return `name: my-sync
runtime: yaml
resources:
  sync:
    type: escsync:EscSync
    properties:
      value:
        user: bob
        password:
          fn::secret: change me
      destination:
        ` + d.Name + ": " + d.Demo.Settings + `
    options:
      version: ` + version.Version + `
      pluginDownloadURL: ` + version.PluginDownloadURL + "\n"
}
