package handover

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var names = Names{
	Organization: "acme", TargetProject: "escsync-target", Stack: "dev", Project: "escsync", Environment: "shop-dev-db",
}

func TestLink(t *testing.T) {
	t.Parallel()
	got, err := Link(names)
	require.NoError(t, err)
	assert.Equal(t, "pulumi config env add escsync/shop-dev-db -s acme/escsync-target/dev --yes >/dev/null", got)
}

// Names are validated before, but quoted as well.
func TestHostileNamesStayArguments(t *testing.T) {
	t.Parallel()
	for _, hostile := range []string{
		"$(touch hit)", "`touch hit`", "x; touch hit", "x' ; touch hit; '", "x\ntouch hit", "x\" touch hit", "-rf", "ü🙂",
	} {
		n := names
		n.Environment, n.Stack, n.Organization = hostile, hostile, hostile
		for _, render := range []func(Names) (string, error){Access, Link, File} {
			command, err := render(n)
			require.NoError(t, err)
			dir := t.TempDir()
			_, err = run(t, dir, command, "eA==")
			require.NoError(t, err, "%s", command)
			assert.NoFileExists(t, filepath.Join(dir, "hit"), "%s", command)
		}
	}
	n := names
	n.Environment = "a\x00b"
	for _, render := range []func(Names) (string, error){Access, Link, File} {
		_, err := render(n)
		assert.ErrorContains(t, err, "NUL")
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	command, err := File(names)
	require.NoError(t, err)
	for name, value := range map[string]string{
		"json":             `{"a":"$x 'y' \"z\""}`,
		"trailing newline": "-----END KEY-----\n",
		"no newline":       "hunter2",
		"bytes":            "\x00\x01\xff",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out, err := run(t, dir, command, base64.StdEncoding.EncodeToString([]byte(value)))
			require.NoError(t, err, out)
			assert.Empty(t, out, "nothing may reach the log")
			got, err := os.ReadFile(filepath.Join(dir, FileName))
			require.NoError(t, err)
			assert.Equal(t, value, string(got))
			info, err := os.Stat(filepath.Join(dir, FileName))
			require.NoError(t, err)
			assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		})
	}
}

// If only ESC knows whether the value is a string, a string is written unchanged and everything else as JSON. A text
// that begins with a quote stays as it is.
func TestFileOfAReference(t *testing.T) {
	t.Parallel()
	command, err := File(names)
	require.NoError(t, err)
	for name, test := range map[string]struct{ file, text, want string }{
		"an object":               {`{"a":"b"}`, `"a"="b"`, `{"a":"b"}`},
		"a string":                {`"it's \"quoted\"\n"`, "it's \"quoted\"\n", "it's \"quoted\"\n"},
		"a string of JSON":        {`"{\"a\":1}"`, `{"a":1}`, `{"a":1}`},
		"a text that has a quote": {`"quoted"`, "", `"quoted"`},
		"every second character":  {"\"\x00", "", "\"\x00"},
		"and the last of them":    {"\"\xff", "", "\"\xff"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := "null" // as for a path that is not there
			if test.text != "" {
				text = `"` + base64.StdEncoding.EncodeToString([]byte(test.text)) + `"`
			}
			dir := t.TempDir()
			out, err := runWith(t, dir, command, `case "$*" in *escsync.text*) echo '`+text+`';; *) echo '`+
				base64.StdEncoding.EncodeToString([]byte(test.file))+`';; esac`)
			require.NoError(t, err, out)
			got, err := os.ReadFile(filepath.Join(dir, FileName))
			require.NoError(t, err)
			assert.Equal(t, test.want, string(got))
		})
	}
	t.Run("the environment broke in between", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		out, err := runWith(t, dir, command, `case "$*" in *escsync.text*) ;; *) echo 'ImEi';; esac`)
		require.Error(t, err)
		assert.Contains(t, out, "cannot open the environment")
		assert.NoFileExists(t, filepath.Join(dir, FileName))
	})
}

func TestFileFailsWithoutAValue(t *testing.T) {
	t.Parallel()
	command, err := File(names)
	require.NoError(t, err)
	for name, opened := range map[string]string{
		"a broken environment": "",     // prints diagnostics to standard error, and exits 0
		"a missing path":       "null", // exits 0
		"not base64":           "***",
		"an empty object":      base64.StdEncoding.EncodeToString([]byte("{}")),
		"an empty list":        base64.StdEncoding.EncodeToString([]byte("[]")),
		"null":                 base64.StdEncoding.EncodeToString([]byte("null")),
		"an empty text":        base64.StdEncoding.EncodeToString([]byte(`""`)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, FileName), []byte("stale"), 0o600))
			_, err := run(t, dir, command, opened)
			require.Error(t, err)
			stale, _ := os.ReadFile(filepath.Join(dir, FileName))
			assert.NotEqual(t, "stale", string(stale), "the file of an earlier run may not be pushed")
		})
	}
}

func TestAccess(t *testing.T) {
	t.Parallel()
	command, err := Access(names)
	require.NoError(t, err)
	out, err := run(t, t.TempDir(), command, "the payload")
	require.NoError(t, err)
	assert.Empty(t, out, "nothing may reach the log")
	// A broken environment has no payload. Opening it prints the reason and exits 0.
	out, err = runWith(t, t.TempDir(), command,
		`case "$1" in config) exit 1;; *) echo null; echo 'unknown property' >&2;; esac`)
	require.Error(t, err)
	assert.Contains(t, out, "unknown property")
	assert.NotContains(t, out, "null")
	assert.Contains(t, out, "cannot open the environment")
}

// Both commands that open the environment print a hint if that is forbidden.
func TestForbiddenSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for _, render := range []func(Names) (string, error){Access, File} {
		command, err := render(names)
		require.NoError(t, err)
		dir := t.TempDir()
		out, err := runWith(t, dir, command, "echo 'Forbidden' >&2; exit 1")
		require.Error(t, err)
		assert.Contains(t, out, "cannot open the environment acme/escsync/shop-dev-db")
		assert.Regexp(t, "(?s)deployment.role.*deployment.accessToken", out, "the role comes first")
		assert.NoFileExists(t, filepath.Join(dir, FileName))
	}
}

// run runs a command in bash with a stand-in for the CLI that prints opened.
func run(t *testing.T, dir, command, opened string) (string, error) {
	t.Helper()
	return runWith(t, dir, command, `printf '%s\n' '`+opened+`'`)
}

// runWith runs a command in bash with a script as a stand-in for the CLI.
func runWith(t *testing.T, dir, command, cli string) (string, error) {
	t.Helper()
	bin := t.TempDir()
	script := "#!/bin/bash\n" + cli + "\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "pulumi"), []byte(script), 0o700))
	cmd := exec.Command("bash", "-c", command)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH")}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// Only a destroy is refreshed by this command, and continues only if it succeeds.
func TestRefresh(t *testing.T) {
	t.Parallel()
	command, err := Refresh(names)
	require.NoError(t, err)
	for operation, want := range map[string]string{"update": "", "detect-drift": "", "destroy": "refresh --run-program"} {
		for _, fails := range []bool{false, true} {
			cli := "echo \"$*\""
			if fails {
				cli += "; exit 1"
			}
			out, err := runWith(t, t.TempDir(), "PULUMI_CI_OPERATION="+operation+"; "+command, cli)
			assert.Equal(t, fails && want != "", err != nil, operation)
			assert.Equal(t, want != "", strings.HasPrefix(out, want) && out != "", operation)
		}
	}
}

// An update and the operations of a drift schedule refresh with their program, and only an update skips its preview,
// unless the user has set the options.
func TestRunVariables(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		environment []string
		want        string
	}{
		"update": {[]string{"PULUMI_CI_OPERATION=update"},
			"A=1\nPULUMI_RUN_PROGRAM=true\nPULUMI_OPTION_SKIP_PREVIEW=true\n"},
		"preview":      {[]string{"PULUMI_CI_OPERATION=preview"}, "A=1\n"},
		"detect-drift": {[]string{"PULUMI_CI_OPERATION=detect-drift"}, "A=1\nPULUMI_RUN_PROGRAM=true\n"},
		"destroy":      {[]string{"PULUMI_CI_OPERATION=destroy"}, "A=1\n"},
		"no operation": {nil, "A=1\n"},
		"remediate-drift": {[]string{"PULUMI_CI_OPERATION=remediate-drift"},
			"A=1\nPULUMI_RUN_PROGRAM=true\n"},
		"the user's preview": {[]string{"PULUMI_CI_OPERATION=update", "PULUMI_OPTION_SKIP_PREVIEW=false"},
			"A=1\nPULUMI_RUN_PROGRAM=true\n"},
		"the user's refresh": {[]string{"PULUMI_CI_OPERATION=update", "PULUMI_RUN_PROGRAM=false"},
			"A=1\nPULUMI_OPTION_SKIP_PREVIEW=true\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "PULUMI_ENV")
			require.NoError(t, os.WriteFile(file, []byte("A=1\n"), 0o600))
			command := exec.CommandContext(t.Context(), "bash", "-euc", strings.ReplaceAll(RunVariables, "/PULUMI_ENV", file))
			command.Env = test.environment
			output, err := command.CombinedOutput()
			require.NoError(t, err)
			assert.Empty(t, output)
			got, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, test.want, string(got))
		})
	}
	command := exec.CommandContext(t.Context(), "bash", "-euc",
		strings.ReplaceAll(RunVariables, "/PULUMI_ENV", filepath.Join(t.TempDir(), "none", "PULUMI_ENV")))
	command.Env = []string{"PULUMI_CI_OPERATION=update"}
	output, err := command.CombinedOutput()
	require.NoError(t, err, "a file that cannot be written fails no run")
	assert.Empty(t, output)
}
