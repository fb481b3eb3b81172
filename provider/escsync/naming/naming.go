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

// MaxLength is the longest name, in characters, that a stack may have; environments get the same limit.
// Source: https://www.pulumi.com/docs/iac/concepts/stacks/ ("Stack names may not exceed 100 characters"), and
// tokens.ParseStackName in the Pulumi SDK.
const MaxLength = 100

// hashLength is the number of hex digits that keep a shortened or rewritten name apart from others.
const hashLength = 8

var (
	// https://www.pulumi.com/docs/iac/concepts/stacks/: "alphanumeric, hyphens, underscores, or periods". ESC environments
	// and projects take the same characters (https://www.pulumi.com/docs/esc/environments/).
	valid    = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
	unusable = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)
)

// Check returns what is wrong with the name of an environment, stack, project or organization, or nil if it is fine.
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

// Import returns the project and the name of an environment that a reference imports, or what is wrong with it. A
// reference is `project/environment`, then `@` and a revision or a tag if one is pinned
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

// CheckImport returns what is wrong with a reference that the environment own imports, or nil. Own has no version; it
// is "" while it is not known.
func CheckImport(reference, own string) error {
	project, environment, err := Import(reference)
	if err == nil && project+"/"+environment == own {
		err = errors.New("is the environment of this sync, which cannot import itself: remove it")
	}
	return err
}

// inDefault points to ESC's default project, if that is all that a reference lacks. It does not quote the reference,
// which may be anything.
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

// Default returns the name of the environment and of the stack for a sync that was given none:
// "<pulumi project>-<pulumi stack>-<resource name>", so that the same program in two stacks makes two environments.
// Characters that a name may not have become hyphens; a name that was changed or is too long ends in a hash of the
// original. (Project `a-b` with stack `c` makes the name of project `a` with stack `b-c`: Pulumi Cloud then refuses the
// second one, as it adopts nothing.)
func Default(project, stack, resource string) string {
	original := project + "-" + stack + "-" + resource
	name := strings.TrimLeft(unusable.ReplaceAllString(original, "-"), "-")
	if name == original && len(name) <= MaxLength {
		return name
	}
	// The parts are hashed with a separator that none of them holds, so that a-b + c and a + b-c differ.
	sum := sha256.Sum256([]byte(project + "\x00" + stack + "\x00" + resource))
	suffix := "-" + hex.EncodeToString(sum[:])[:hashLength]
	if len(name) > MaxLength-len(suffix) {
		name = name[:MaxLength-len(suffix)]
	}
	return name + suffix
}
