package inputs

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/escsync/naming"
)

// scpAddress matches git's short form of an SSH address: user, host and path. None may begin with a hyphen: git passes
// them to ssh, which would read it as an option.
var scpAddress = regexp.MustCompile(`^[A-Za-z0-9_.][A-Za-z0-9_.-]*@[A-Za-z0-9_.][A-Za-z0-9_.-]*:([^\s-][^\s]*)$`)

// isGitHubRepository reports whether a text is `owner/repository`, as the Pulumi GitHub app expects.
func isGitHubRepository(s string) bool {
	owner, name, found := strings.Cut(s, "/")
	return found && naming.Check(owner) == nil && naming.Check(name) == nil
}

// isRepositoryURL reports whether git can clone from an address. An address must contain no login and no program to
// run. It must not have a query or fragment either, which could contain a token.
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

// isRepositoryPath refuses segments that a command could read as an option, and those that lead elsewhere.
func isRepositoryPath(path string) bool {
	return !slices.ContainsFunc(strings.Split(path, "/"), func(step string) bool {
		return strings.HasPrefix(step, "-") || step == "." || step == ".."
	})
}
