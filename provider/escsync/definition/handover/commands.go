// Package handover renders the pre-run commands by which a deployment hands an environment's values to the target
// program. Each command runs in a shell of its own, in the program's folder.
package handover

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/shellquote"
)

// FileName is the file that a custom program reads, as in the published pattern.
const FileName = "sync.json"

// Names say which environment goes to which stack.
type Names struct {
	// Organization is that of both.
	Organization string
	// TargetProject and Stack name the target stack.
	TargetProject, Stack string
	// Project and Environment name the ESC environment.
	Project, Environment string
}

// Access renders the command that fails, with the hint, where the deployment may not open what Link added: adding an
// environment that may not be opened succeeds, and the failure that follows does not say what to do. It opens as the
// operation does, by a definition that imports the environment, which takes a permission of its own. What is printed is
// the payload, which nobody may see. Where it fails, opening the environment itself tells in the log what is wrong
// with it, at a path that no environment has, so that no value is printed.
func Access(n Names) (string, error) {
	get, err := shellquote.Command("pulumi", "config", "get", definition.PayloadKey, "-s", n.target())
	if err != nil {
		return "", err
	}
	open, err := shellquote.Command("pulumi", "env", "open", n.environment(), handoverProbe)
	if err != nil {
		return "", err
	}
	complaint, err := n.cannotOpen()
	if err != nil {
		return "", err
	}
	return get + " >/dev/null || { " + open + " >/dev/null; " + complaint + "; }", nil
}

// UpdateVariables is the command that sets two variables for updates. They are no saved ones, which would be set for
// all operations, of which drift detection is a preview. A deployment that has one from its user keeps it, and one that
// cannot write the file, on an agent of the user's own, goes without both.
//
// The program runs with the refresh, which so asks the platform with the credentials of this run. Without that it takes
// those that the state has of the run before, and a sync whose token has expired or was replaced could never run again.
//
// An update does not preview itself first. Nobody reads that preview, and the target checks all that it pushes before
// the first write of an update as well; but a preview reads every secret once more.
const UpdateVariables = `[ "${PULUMI_CI_OPERATION-}" != update ] || ` +
	`{ [ -n "${PULUMI_RUN_PROGRAM-}" ] || echo PULUMI_RUN_PROGRAM=true >> /PULUMI_ENV; ` +
	`[ -n "${PULUMI_OPTION_SKIP_PREVIEW-}" ] || echo PULUMI_OPTION_SKIP_PREVIEW=true >> /PULUMI_ENV; } ` +
	`2>/dev/null || true`

// Refresh renders the command that refreshes the stack before it is destroyed, with the credentials of this run. A
// destroy refreshes by itself as well, but even one that runs the program does so with those that the state has, which
// this command replaces.
func Refresh(n Names) (string, error) {
	refresh, err := shellquote.Command("pulumi", "refresh", "--run-program", "--yes", "--skip-preview",
		"--non-interactive", "-s", n.target())
	if err != nil {
		return "", err
	}
	return `[ "${PULUMI_CI_OPERATION-}" != destroy ] || ` + refresh, nil
}

// handoverProbe is a path that no environment has.
const handoverProbe = "escsync.none"

func (n Names) environment() string {
	return n.Organization + "/" + n.Project + "/" + n.Environment
}

func (n Names) target() string { return n.Organization + "/" + n.TargetProject + "/" + n.Stack }

// cannotOpen renders the failure of a deployment that cannot open its environment.
func (n Names) cannotOpen() (string, error) {
	message, err := shellquote.Command("echo", "escsync: cannot open the environment "+n.environment()+
		": the lines above say why. Nothing was changed. If access to it or to one that it imports is forbidden, or the "+
		"permission environment_yaml:open is missing, set deployment.role of EscSync to a role that may open them, or "+
		"select one in the deployment settings of the stack. If the organization has no such role, set "+
		"deployment.accessToken to a token that may, and add the token's team to teams.")
	if err != nil {
		return "", err
	}
	return "{ " + message + " >&2; exit 1; }", nil
}

// Link renders the command that adds the environment to the stack's configuration. The operation then opens it, and
// fails if the environment is broken. What the command prints are the values, of which it masks the secret ones only:
// those that an imported environment has in plain text are nobody's business either.
func Link(n Names) (string, error) {
	command, err := shellquote.Command("pulumi", "config", "env", "add", n.Project+"/"+n.Environment,
		"-s", n.target(), "--yes")
	if err != nil {
		return "", err
	}
	return command + " >/dev/null", nil
}

// File renders the command that writes the value to sync.json, byte by byte, readable by its owner only.
//
// `pulumi env open` exits 0 with nothing on standard output where the environment does not evaluate, and with an empty
// line where there is no such path. Both, and a value with nothing in it, fail the deployment here, before the program
// could push them.
//
// A file that begins with a quote may be the JSON of a string, whose text then stands beside it, or be a string's own
// text.
func File(n Names) (string, error) {
	open, err := shellquote.Command(
		"pulumi", "env", "open", n.environment(), definition.HandoverPath, "--format", "string")
	if err != nil {
		return "", err
	}
	// As JSON, in which a path that is not there is null.
	openText, err := shellquote.Command("pulumi", "env", "open", n.environment(), definition.HandoverTextPath)
	if err != nil {
		return "", err
	}
	complaint, err := n.cannotOpen()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`set -euo pipefail; umask 077; rm -f %[1]s; `+
		`nothing() { echo "escsync: the environment has no value to sync; nothing was changed" >&2; exit 1; }; `+
		`value="$(%[2]s)" && [ -n "$value" ] || %[3]s; `+
		`case "$value" in null|%[4]s) nothing;; `+
		`%[5]s) text="$(%[6]s)" && [ -n "$text" ] || %[3]s; `+
		`[ "$text" = null ] || { value="${text#?}"; value="${value%%?}"; };; esac; `+
		`printf %%s "$value" | base64 -d > %[1]s`,
		FileName, open, complaint, strings.Join(empties(), "|"), quoteFirst, openText), nil
}

// quoteFirst is the shell pattern of the base64 of every text that begins with a double quote.
const quoteFirst = "I[ghijklmnopqrstuv]*"

// empties are values with nothing in them, as they are handed over.
func empties() []string {
	var encoded []string
	for _, text := range []string{"{}", "[]", "null", `""`} {
		encoded = append(encoded, base64.StdEncoding.EncodeToString([]byte(text)))
	}
	return encoded
}
