// Package naming makes and checks the names of environments, stacks, projects and organizations.
package naming

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// MaxLength is the maximum length of a stack's name in characters. Environments get the same limit. Source:
// https://www.pulumi.com/docs/iac/concepts/stacks/ ("Stack names may not exceed 100 characters"), and
// tokens.ParseStackName in the Pulumi SDK.
const MaxLength = 100

// hashLength is the number of hex digits that distinguish a shortened or rewritten name from others.
const hashLength = 8

var (
	// https://www.pulumi.com/docs/iac/concepts/stacks/: "alphanumeric, hyphens, underscores, or periods". ESC environments
	// and projects accept the same characters (https://www.pulumi.com/docs/esc/environments/).
	valid    = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
	unusable = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)
)

// Check returns an error if name is not valid for an environment, stack, project or organization.
func Check(name string) error {
	switch {
	case name == "":
		return errors.New("must not be empty")
	case len(name) > MaxLength:
		return fmt.Errorf("must have at most %d characters, has %d", MaxLength, len(name))
	case !valid.MatchString(name):
		return errors.New("may have letters, digits, hyphens, underscores and periods only")
	case strings.Trim(name, ".") == "":
		return errors.New("must not consist of periods only")
	case strings.HasPrefix(name, "-"):
		return errors.New("must not begin with a hyphen: a command would read it as an option")
	}
	return nil
}

// Import splits a reference to an imported environment into project and name, or returns an error. A reference is
// `project/environment`, optionally followed by `@` and a revision or tag
// (https://www.pulumi.com/docs/esc/environments/imports/).
func Import(reference string) (project, environment string, err error) {
	name, version, pinned := strings.Cut(reference, "@")
	project, environment, ok := strings.Cut(name, "/")
	if !ok || Check(project) != nil || Check(environment) != nil || pinned && Check(version) != nil {
		return "", "", errors.New("must be project/environment, with @revision or @tag if one is pinned, such as " +
			"my-project/my-env@stable" + inDefault(reference))
	}
	return project, environment, nil
}

// CheckImport returns an error if the environment own cannot import reference. own is `project/environment` without a
// version, or "" if it is unknown.
func CheckImport(reference, own string) error {
	project, environment, err := Import(reference)
	if err == nil && project+"/"+environment == own {
		err = errors.New("is the environment of this sync, which cannot import itself: remove it")
	}
	return err
}

// inDefault suggests ESC's default project if the project is all that a reference lacks. It does not quote the
// reference, which may be secret.
func inDefault(reference string) string {
	const project = "default"
	if strings.Contains(reference, "/") {
		return ""
	}
	if _, _, err := Import(project + "/" + reference); err != nil {
		return ""
	}
	return "; an environment without a project is in ESC's default one: did you mean " + project + "/environment?"
}

// Default returns the default name of a sync's environment and stack, "<pulumi project>-<pulumi stack>-<resource
// name>". The same program in two stacks so makes two environments. Invalid characters become hyphens. A name that was
// changed or shortened ends in a hash of the original. (Project `a-b` with stack `c` and project `a` with stack `b-c`
// share a name. Pulumi Cloud refuses the second, because nothing is adopted.)
func Default(project, stack, resource string) string {
	original := project + "-" + stack + "-" + resource
	name := strings.TrimLeft(unusable.ReplaceAllString(original, "-"), "-")
	if name == original && len(name) <= MaxLength {
		return name
	}
	// The separator is in none of the parts, so that a-b + c and a + b-c have different hashes.
	sum := sha256.Sum256([]byte(project + "\x00" + stack + "\x00" + resource))
	suffix := "-" + hex.EncodeToString(sum[:])[:hashLength]
	if len(name) > MaxLength-len(suffix) {
		name = name[:MaxLength-len(suffix)]
	}
	return name + suffix
}
