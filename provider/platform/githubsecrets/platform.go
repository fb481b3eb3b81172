// Package githubsecrets pushes to GitHub: secrets of repositories, environments and organizations.
package githubsecrets

import (
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/account"
)

// Platform is the platform.
var Platform = target.Platform{
	About:     about,
	Package:   "github",
	Component: target.ComponentOf[Destination],
	Plan:      plan,
	Account:   owner,
	// GitHub takes 80 content-creating requests a minute. Source:
	// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
	Parallelism: 1,
	Hints: target.Hints{
		Denied:    []string{"resource not accessible by", "must have admin rights"},
		Throttled: []string{"secondary rate limit"},
	},
	//nolint:gosec // What are called secrets are names of types.
	EnumTexts: map[string]string{
		"GithubSecretsApp":        "Who reads secrets on GitHub.",
		"GithubSecretsVisibility": "Which repositories see a secret of an organization on GitHub.",
	},
}

var about = target.About{Name: "githubSecrets", Type: "GithubSecrets", Title: "GitHub"}

// owner is an owner, and the server where that is not github.com.
func owner(s account.Source) string {
	owner := s.First("github:owner", "GITHUB_OWNER")
	if owner == "" {
		owner = s.First("github:organization", "GITHUB_ORGANIZATION")
	}
	if owner == "" { // the token's own user, which it does not name
		return ""
	}
	return account.Join("GitHub owner", strings.ToLower(owner),
		account.Address(s.First("github:baseUrl", "GITHUB_BASE_URL")))
}
