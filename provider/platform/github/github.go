// Package github holds what the platforms on GitHub have in common.
package github

import (
	"errors"
	"regexp"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// PluginVersion is that of the GitHub provider. From 6.12.0 on it changes the secrets of Actions and of Dependabot in
// place; some versions before made all of them anew when they came after an older one.
const PluginVersion = "6.14.0"

// Parallelism is 1: GitHub takes 80 content-creating requests a minute. Source:
// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
const Parallelism = 1

// Hints are words of GitHub's answers.
var Hints = target.Hints{
	Denied:          []string{"resource not accessible by", "must have admin rights"},
	Unauthenticated: []string{"401 bad credentials"},
	Exists:          []string{"variable already exists"},
	Throttled:       []string{"secondary rate limit"},
}

// Owner is the owner that the provider is configured with, and the server where that is not github.com; "" where only
// the token tells it.
func Owner(s account.Source) string {
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

// NameLimit is the rule for names of secrets and of variables, which the page source documents.
func NameLimit(source string) limit.Name {
	return limit.Name{
		Pattern: regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`),
		Grammar: "a name has letters, digits and _ only, and does not begin with a digit",
		// GitHub documents no length; its API answers 422 beyond this.
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
