// Package workflows runs the scripts of the release's jobs. `make lint` checks the rest of the workflows.
package workflows

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

// recorder stands in for a program of a workflow's step: it records its arguments and does nothing.
const recorder = "#!/bin/sh\necho \"$(basename \"$0\") $*\" >>\"$RECORD\"\n"

// calls runs the scripts of a job of release.yml, as for a tag. Stand-ins replace the programs that would reach a
// registry. It returns their calls.
func calls(t *testing.T, job, tag string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", ".github", "workflows", "release.yml"))
	require.NoError(t, err)
	var release struct {
		Jobs map[string]struct {
			Steps []struct{ Run string }
		}
	}
	require.NoError(t, yaml.Unmarshal(text, &release))
	folder := t.TempDir()
	for _, program := range []string{"npm", "pip", "python", "twine"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, program), []byte(recorder), 0o700))
	}
	record := filepath.Join(folder, "record")
	ran := 0
	for _, step := range release.Jobs[job].Steps {
		if step.Run == "" {
			continue
		}
		ran++
		cmd := exec.CommandContext(t.Context(), "bash", "-e", "-c", step.Run)
		cmd.Dir = folder
		cmd.Env = []string{"PATH=" + folder + ":" + os.Getenv("PATH"), "RECORD=" + record, "GITHUB_REF_NAME=" + tag}
		output, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", output)
	}
	require.Positive(t, ran)
	called, err := os.ReadFile(record)
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(called)), "\n")
}

// npm refuses a prerelease without --tag, and the tag `latest` would deliver it to everybody.
func TestAPrereleaseIsNotTheLatestOnNPM(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"v0.1.0": "latest", "v1.20.3": "latest", "v0.1.0-rc.1": "next", "v2.0.0-alpha": "next",
	} {
		assert.Contains(t, calls(t, "npm", tag), "npm publish --provenance --access public --tag "+want+" ./bin", tag)
	}
}

// If a job breaks between two files, it can be run again: the existing file must not stop it.
func TestPyPIsJobCanBeRunAgain(t *testing.T) {
	t.Parallel()
	assert.Contains(t, calls(t, "pypi", "v0.1.0"), "twine upload --non-interactive --skip-existing dist/*")
}
