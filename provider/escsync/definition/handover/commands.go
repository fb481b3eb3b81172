// Package handover renders the pre-run commands that pass an environment's values to the target program. A deployment
// runs each command in its own shell, in the program's folder.
package handover

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/shellquote"
)

// FileName is the file that a custom program reads, as in the pattern.
const FileName = "sync.json"

// Names identify the environment and the stack that receives its values.
type Names struct {
	// Organization owns both.
	Organization string
	// TargetProject and Stack name the target stack.
	TargetProject, Stack string
	// Project and Environment name the ESC environment.
	Project, Environment string
}

// Access renders a command that fails with a hint if the deployment may not open the environment that Link added.
// Without it, adding the environment succeeds, and the later failure gives no hint. The command opens the environment
// as the operation does, by a definition that imports it, which needs its own permission. Its output is the payload, so
// it is discarded. On failure the environment is opened directly, at a path that never exists, so that the log shows
// the reason and no value.
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

// RunVariables is the command that sets a variable for updates and the operations of a drift schedule, and one more for
// updates only. So they cannot be stored as variables of all operations. A variable set by the user wins. An agent that
// cannot write the file does without both.
//
// PULUMI_RUN_PROGRAM makes the program run with the refresh, which then uses the credentials of this run. Otherwise it
// would use those in the state, from the previous run, and a sync whose token has expired could never run again.
//
// An update skips its preview. Nobody reads that preview, it reads every secret once more, and the target also checks
// everything before an update's first write.
const RunVariables = `{ case "${PULUMI_CI_OPERATION-}" in update|detect-drift|remediate-drift) ` +
	`[ -n "${PULUMI_RUN_PROGRAM-}" ] || echo PULUMI_RUN_PROGRAM=true >> /PULUMI_ENV;; esac; ` +
	`[ "${PULUMI_CI_OPERATION-}" != update ] || [ -n "${PULUMI_OPTION_SKIP_PREVIEW-}" ] || ` +
	`echo PULUMI_OPTION_SKIP_PREVIEW=true >> /PULUMI_ENV; } 2>/dev/null || true`

// Refresh renders the command that refreshes the stack before it is destroyed, with the credentials of this run. A
// destroy also refreshes by itself, but with the credentials in the state, even if it runs the program. This command
// replaces those.
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

// cannotOpen renders the message of a deployment that cannot open its environment.
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
// fails if it does not evaluate. The command's output is discarded: it prints the values and masks only secrets, so
// values that an imported environment has in plain text would show.
func Link(n Names) (string, error) {
	command, err := shellquote.Command("pulumi", "config", "env", "add", n.Project+"/"+n.Environment,
		"-s", n.target(), "--yes")
	if err != nil {
		return "", err
	}
	return command + " >/dev/null", nil
}

// File renders the command that writes the value to sync.json, unchanged and readable by its owner only.
//
// `pulumi env open` exits 0 without output if the environment does not evaluate, and with an empty line if the path
// does not exist. The command fails in both cases, and for an empty value, before the program could push them.
//
// A file that begins with a quote is either the JSON of a string, whose text is at HandoverTextPath, or the text of a
// string that begins with a quote.
func File(n Names) (string, error) {
	open, err := shellquote.Command(
		"pulumi", "env", "open", n.environment(), definition.HandoverPath, "--format", "string")
	if err != nil {
		return "", err
	}
	// In JSON, a missing path is null.
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

// quoteFirst is a shell pattern for the base64 of texts that begin with a double quote.
const quoteFirst = "I[ghijklmnopqrstuv]*"

// empties returns the base64 of empty values.
func empties() []string {
	var encoded []string
	for _, text := range []string{"{}", "[]", "null", `""`} {
		encoded = append(encoded, base64.StdEncoding.EncodeToString([]byte(text)))
	}
	return encoded
}
