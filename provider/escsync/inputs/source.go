package inputs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

var (
	branchName = regexp.MustCompile(`^[^-/\s\x00-\x1f~^:?*\[\\][^\s\x00-\x1f~^:?*\[\\]*$`)
	commitHash = regexp.MustCompile(`^[0-9a-fA-F]{7,40}$`)
)

// source checks the source of the target program, and sets the project of the target stack.
func (c *completer) source() {
	v := c.in.Get(keySource)
	at := problem.At(keySource)
	if v.IsComputed() {
		c.fail(at, "must be known at preview: give its properties as outputs, not the whole object")
		return
	}
	source := pushDown(v)
	out := map[string]property.Value{"project": property.New(TargetProject)}
	if source.IsMap() {
		if c.platform != definition.Custom {
			out["repoDir"] = property.New(TargetFolder)
		} else if source.AsMap().Get("project").IsNull() {
			c.fail(at.Key("project"), "must be given for a custom destination: the name in the program's Pulumi.yaml")
		}
		for key, given := range source.AsMap().All {
			if !given.IsNull() { // undefined in a program, the same as absent
				out[key] = given
			}
		}
		c.checkSource(at, source.AsMap())
		out["project"] = c.checkedName(source.AsMap(), at.Key("project"), "project", out["project"])
	}
	c.out[keySource] = property.New(out)
}

func (c *completer) checkSource(at problem.Path, source property.Map) {
	repoURL, urlKnown, hasURL := text(source, "repoUrl")
	repository, repositoryKnown, hasRepository := text(source, "repository")
	switch {
	case hasURL && hasRepository:
		c.fail(at, "cannot have both repoUrl and repository: repository is for the Pulumi GitHub app, repoUrl for any "+
			"git server")
	case !hasURL && !hasRepository:
		c.fail(at, "must have repoUrl, or repository for the Pulumi GitHub app")
	}
	if urlKnown && !isRepositoryURL(repoURL) {
		c.fail(at.Key("repoUrl"), "must be the URL of a git repository (https://, ssh:// or user@host:path), without "+
			"credentials: those go into auth. No part may begin with a hyphen, nor may there be a query or fragment")
	}
	if repositoryKnown && !isGitHubRepository(repository) {
		c.fail(at.Key("repository"), "must be owner/repository")
	}
	branch, branchKnown, hasBranch := text(source, "branch")
	if branchKnown && !isBranch(branch) {
		c.fail(at.Key("branch"), "must be the name of a branch")
	}
	commit, commitKnown, hasCommit := text(source, "commit")
	switch {
	case hasBranch && hasCommit:
		c.fail(at, "cannot have both branch and commit: give one of them")
	case !hasBranch && !hasCommit:
		c.fail(at, "must have branch or commit")
	}
	if commitKnown && !commitHash.MatchString(commit) {
		c.fail(at.Key("commit"), "must be a commit hash of 7 to 40 hexadecimal digits")
	}
	if dir, known, _ := text(source, "repoDir"); known && leavesRepository(dir) {
		c.fail(at.Key("repoDir"), "must be a folder inside the repository, relative to its top")
	}
	c.checkSourceAuth(at, source, hasRepository)
}

func (c *completer) checkSourceAuth(at problem.Path, source property.Map, isGitHubApp bool) {
	c.checkKnown(at, source, "auth")
	if !source.Get("auth").IsMap() {
		return
	}
	auth := object(source, "auth")
	at = at.Key("auth")
	repoURL, urlKnown, _ := text(source, "repoUrl")
	overHTTP := strings.HasPrefix(repoURL, "http")
	if isGitHubApp {
		c.fail(at, "cannot be given with repository: the Pulumi GitHub app has its own access")
	}
	_, _, user := text(auth, "username")
	_, _, password := text(auth, "password")
	_, _, key := text(auth, "sshPrivateKey")
	_, _, passphrase := text(auth, "sshPassphrase")
	switch {
	case key && (user || password):
		c.fail(at, "cannot have both an SSH key and a user name with password")
	case user != password:
		c.fail(at, "must have both username and password (a token counts as a password)")
	case !key && !user:
		c.fail(at, "must have username and password, or sshPrivateKey")
	case key && urlKnown && overHTTP:
		c.fail(at.Key("sshPrivateKey"), "has no effect for an https:// address: give an ssh:// one, or username and password")
	case user && urlKnown && !overHTTP:
		c.fail(at.Key("username"), "has no effect for an ssh:// address: give an https:// one, or sshPrivateKey")
	case passphrase && !key:
		c.fail(at.Key("sshPassphrase"), "needs sshPrivateKey")
	}
}

// isBranch follows the rules of git check-ref-format, as far as mistakes are likely.
func isBranch(name string) bool {
	return branchName.MatchString(name) && !strings.Contains(name, "..") && !strings.HasSuffix(name, "/") &&
		!strings.HasSuffix(name, ".lock")
}

func leavesRepository(dir string) bool {
	if strings.HasPrefix(dir, "/") || strings.HasPrefix(dir, "-") {
		return true
	}
	return slices.Contains(strings.Split(dir, "/"), "..")
}
