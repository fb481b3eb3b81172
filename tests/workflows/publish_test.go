package workflows

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// recorder stands in for a program of a workflow's step: it writes down what it is called with, and does nothing.
const recorder = "#!/bin/sh\necho \"$(basename \"$0\") $*\" >>\"$RECORD\"\n"

// calls runs the steps of a job of release.yml that have a script, as for a tag, with stand-ins for the programs that
// would reach a registry, and returns what these were called with.
func calls(t *testing.T, job, tag string) []string {
	t.Helper()
	workflows, _ := read(t)
	folder := t.TempDir()
	for _, program := range []string{"npm", "pip", "python", "twine"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, program), []byte(recorder), 0o700))
	}
	record := filepath.Join(folder, "record")
	ran := 0
	for _, step := range workflows["release.yml"].Jobs[job].Steps {
		if step.Run == "" {
			continue
		}
		ran++
		require.NotContains(t, step.Run, "${{", "an expression would put a tag's name into the script as it is")
		cmd := exec.CommandContext(t.Context(), "bash", "-e", "-c", step.Run)
		cmd.Dir = folder
		cmd.Env = []string{"PATH=" + folder + ":" + os.Getenv("PATH"), "RECORD=" + record, "GITHUB_REF_NAME=" + tag}
		output, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", output)
	}
	require.Positive(t, ran)
	text, err := os.ReadFile(record)
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// npm refuses a prerelease without --tag, and with the tag `latest` would give it to everybody.
func TestAPrereleaseIsNotTheLatestOnNPM(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"v0.1.0": "latest", "v1.20.3": "latest", "v0.1.0-rc.1": "next", "v2.0.0-alpha": "next",
	} {
		assert.Contains(t, calls(t, "npm", tag), "npm publish --provenance --access public --tag "+want+" ./bin", tag)
	}
}

// A job that broke between two files is run again by itself: the file that is there already must not stop it.
func TestPyPIsJobCanBeRunAgain(t *testing.T) {
	t.Parallel()
	assert.Contains(t, calls(t, "pypi", "v0.1.0"), "twine upload --non-interactive --skip-existing dist/*")
}
