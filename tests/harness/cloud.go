package harness

import (
	"context"
	"os"
	"path/filepath"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// teams are the organization's teams, without members. A grant to any other team fails.
var teams = []string{"ops", "others", "syncs"}

// startCloud starts the local cloud. A deployment of the built-in target program gets the working tree's program
// folder, copied or cloned from a repository made of it.
func (h *Harness) startCloud(ctx context.Context, opts Options) (*pulumicloud.Server, error) {
	options := pulumicloud.Options{
		Organization:       Organization,
		OtherOrganizations: []string{OtherOrganization},
		Teams:              teams,
		Now:                opts.Now,
		BackgroundRunner:   !opts.RestrictStackTokens,
		Restricted:         opts.Restricted,
		Roles:              opts.Roles,
		Environment:        h.environment,
		Plugins:            h.pluginFolder(),
		Middleware:         opts.Middleware,
		Log:                opts.Log,
	}
	switch {
	case h.tools.ProgramRepository != "":
		options.Mirrors = map[string]string{version.Repository: h.tools.ProgramRepository}
	case opts.RealExecutor || os.Getenv("ESCSYNC_EXECUTOR") == "real":
		repository := filepath.Join(h.root, "repository")
		if err := commitProgram(ctx, h.tools.Repository, repository); err != nil {
			return nil, err
		}
		options.Mirrors = map[string]string{version.Repository: repository}
	default:
		options.Light = &pulumicloud.Light{Folders: map[string]string{version.Repository: h.tools.Repository}}
	}
	return pulumicloud.Start(options)
}

// Deploy starts an operation (update, preview, refresh, destroy) of the stack project/stack with the CLI, and waits
// until none of the stack's deployments is queued or running. It returns all of them, oldest first.
func (h *Harness) Deploy(ctx context.Context, operation, stack string) ([]pulumicloud.Deployment, error) {
	args := []string{"deployment", "run", operation, "--stack", h.stackOf(stack), "--non-interactive"}
	if _, err := h.Pulumi(ctx, h.root, args...); err != nil {
		return nil, err
	}
	return h.WaitForDeployments(ctx, stack)
}

// WaitForDeployments waits until no deployment of the stack project/stack is queued or running. It returns all, oldest
// first.
func (h *Harness) WaitForDeployments(ctx context.Context, stack string) ([]pulumicloud.Deployment, error) {
	return h.Cloud.WaitForDeployments(ctx, h.stackOf(stack))
}

// Deployments returns all deployments of the stack project/stack, oldest first.
func (h *Harness) Deployments(stack string) []pulumicloud.Deployment {
	return h.Cloud.Deployments(h.stackOf(stack))
}
