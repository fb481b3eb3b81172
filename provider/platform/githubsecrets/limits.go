package githubsecrets

import (
	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// The pages that document the limits.
//
//nolint:gosec // These are addresses of documentation, not credentials.
const (
	pageSecrets    = "https://docs.github.com/actions/reference/security/secrets"
	pageCodespaces = "https://docs.github.com/codespaces/managing-codespaces-for-your-organization/" +
		"managing-development-environment-secrets-for-your-repository-or-organization"
)

// The limits of GitHub.
var (
	nameLimit         = github.NameLimit(pageSecrets)
	valueLimit        = limit.Value{MaxBytes: 49152, Source: pageSecrets}
	repositoryCount   = limit.Count{Max: 100, Source: pageSecrets}
	environmentCount  = limit.Count{Max: 100, Source: pageSecrets}
	organizationCount = limit.Count{Max: 1000, Source: pageSecrets}
	// codespacesOrganizationCount is for Codespaces secrets of an organization. Codespaces secrets of a repository have
	// repositoryCount.
	codespacesOrganizationCount = limit.Count{Max: 100, Source: pageCodespaces}
)
