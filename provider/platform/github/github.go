// Package github has what the GitHub platforms have in common.
package github

import (
	"errors"
	"regexp"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// PluginVersion is the version of the GitHub provider. Since 6.12.0 it updates Actions and Dependabot secrets in
// place. Some earlier versions recreated all of them after an upgrade.
const PluginVersion = "6.14.0"

// Parallelism is 1, because GitHub allows 80 content-creating requests a minute.
// Source: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
const Parallelism = 1

// Hints are the texts of GitHub's error messages.
var Hints = target.Hints{
	Denied:          []string{"resource not accessible by", "must have admin rights"},
	Unauthenticated: []string{"401 bad credentials"},
	Exists:          []string{"variable already exists"},
	Throttled:       []string{"secondary rate limit"},
}

// Owner returns the owner in the provider's configuration, and the server if it is not github.com. It returns "" if
// the token alone determines the owner.
func Owner(s account.Source) string {
	owner := s.First("github:owner", "GITHUB_OWNER")
	if owner == "" {
		owner = s.First("github:organization", "GITHUB_ORGANIZATION")
	}
	if owner == "" { // the token's user, whose name is unknown here
		return ""
	}
	return account.Join("GitHub owner", strings.ToLower(owner),
		account.Address(s.First("github:baseUrl", "GITHUB_BASE_URL")))
}

// NameLimit returns the limit on names of secrets and variables. source is the page that documents it.
func NameLimit(source string) limit.Name {
	return limit.Name{
		Pattern: regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`),
		Grammar: "a name has letters, digits and _ only, and does not begin with a digit",
		// undocumented; the API returns 422 for longer names
		MaxLength: 255,
		Reserved: func(name string) error {
			if strings.HasPrefix(strings.ToUpper(name), "GITHUB_") {
				return errors.New("must not begin with GITHUB_, which GitHub reserves")
			}
			return nil
		},
		Source: source,
	}
}
