package github

import (
	"fmt"
	"regexp"
	"strings"
)

// Limits from https://docs.github.com/en/actions/reference/security/secrets#limits-for-secrets
const (
	maxValue        = 48 << 10
	maxRepository   = 100
	maxEnvironment  = 100
	maxOrganization = 1000
)

// namePattern follows https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets
var namePattern = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)

// checkName returns an error if an upper-cased name is refused.
func checkName(name string) error {
	if !namePattern.MatchString(name) {
		//nolint:staticcheck // as GitHub says it
		return fmt.Errorf("Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores " +
			"(_). Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).")
	}
	if strings.HasPrefix(name, "GITHUB_") {
		return fmt.Errorf("Secret names must not start with GITHUB_.") //nolint:revive,staticcheck // as GitHub says it
	}
	return nil
}

// checkValue returns an error if an opened value is refused.
func checkValue(value []byte) error {
	switch {
	case len(value) == 0:
		return fmt.Errorf("the value is empty")
	case len(value) > maxValue:
		return fmt.Errorf("the value is larger than %d KB", maxValue>>10)
	default:
		return nil
	}
}
