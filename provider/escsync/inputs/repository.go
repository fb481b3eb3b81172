package inputs

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/escsync/naming"
)

// scpAddress is git's short form of an SSH address: user, host and path. None begins with a hyphen: git hands them to
// ssh, which would take it for an option.
var scpAddress = regexp.MustCompile(`^[A-Za-z0-9_.][A-Za-z0-9_.-]*@[A-Za-z0-9_.][A-Za-z0-9_.-]*:([^\s-][^\s]*)$`)

// isGitHubRepository tells whether a text is what the Pulumi GitHub app calls a repository.
func isGitHubRepository(s string) bool {
	owner, name, found := strings.Cut(s, "/")
	return found && naming.Check(owner) == nil && naming.Check(name) == nil
}

// isRepositoryURL tells whether git can clone from an address, which names no login and no program to run. A query or
// a fragment is no part of a repository's address, and a token may stand there.
func isRepositoryURL(s string) bool {
	if address := scpAddress.FindStringSubmatch(s); address != nil {
		return isRepositoryPath(address[1])
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" && u.Scheme != "file" {
		return false
	}
	if strings.ContainsAny(s, "?#") || strings.HasPrefix(u.Host, "-") || strings.HasPrefix(u.User.Username(), "-") ||
		!isRepositoryPath(u.Path) {
		return false
	}
	_, hasPassword := u.User.Password()
	switch u.Scheme {
	case "https", "http", "file":
		return u.User == nil
	case "ssh", "git":
		return !hasPassword
	}
	return false
}

// isRepositoryPath refuses steps that a command may take for an option, or that lead elsewhere than they seem to.
func isRepositoryPath(path string) bool {
	return !slices.ContainsFunc(strings.Split(path, "/"), func(step string) bool {
		return strings.HasPrefix(step, "-") || step == "." || step == ".."
	})
}
