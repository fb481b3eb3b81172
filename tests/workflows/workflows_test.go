package workflows

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

var repository = filepath.Join("..", "..")

type workflow struct {
	Permissions map[string]string `yaml:"permissions"`
	Jobs        map[string]struct {
		Permissions map[string]string `yaml:"permissions"`
		Uses        string            `yaml:"uses"`
		Strategy    struct {
			Matrix struct {
				Target []string `yaml:"target"`
			} `yaml:"matrix"`
		} `yaml:"strategy"`
		Steps []struct {
			Uses string            `yaml:"uses"`
			Run  string            `yaml:"run"`
			With map[string]string `yaml:"with"`
		} `yaml:"steps"`
	} `yaml:"jobs"`
}

// writers are the jobs that may write, and what.
var writers = map[string]map[string]string{
	"release.yml plugin": {"contents": "write"},
	"release.yml npm":    {"contents": "read", "id-token": "write"},
	"release.yml pypi":   {"contents": "read", "id-token": "write"},
	"release.yml go":     {"contents": "write"},
}

// pinned is an action at a commit, with the version that the commit is.
var pinned = regexp.MustCompile(`^\s*(?:- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)

var called = regexp.MustCompile(`\bmake (?:--\w+ )*([a-z][a-z0-9_-]*|\$\{\{ matrix\.target \}\})`)

// read returns the workflows by file name, and their text.
func read(t *testing.T) (map[string]workflow, map[string]string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(repository, ".github", "workflows", "*.yml"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	workflows, texts := map[string]workflow{}, map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var w workflow
		require.NoError(t, yaml.Unmarshal(text, &w), file)
		workflows[filepath.Base(file)], texts[filepath.Base(file)] = w, string(text)
	}
	return workflows, texts
}

func TestNoJobMayDoMoreThanItNeeds(t *testing.T) {
	t.Parallel()
	workflows, _ := read(t)
	for file, w := range workflows {
		assert.Equal(t, map[string]string{}, w.Permissions, "%s: permissions are given to jobs, by each job", file)
		for name, job := range w.Jobs {
			want, ok := writers[file+" "+name]
			if !ok {
				want = map[string]string{"contents": "read"}
			}
			assert.Equal(t, want, job.Permissions, "%s, job %s", file, name)
			for _, step := range job.Steps {
				if strings.HasPrefix(step.Uses, "actions/checkout@") {
					assert.Equal(t, "false", step.With["persist-credentials"], "%s, job %s", file, name)
				}
			}
		}
	}
}

func TestActionsArePinned(t *testing.T) {
	t.Parallel()
	_, texts := read(t)
	for file, text := range texts {
		for line := range strings.SplitSeq(text, "\n") {
			if strings.Contains(line, "uses: ") && !strings.Contains(line, "uses: ./") {
				assert.Regexp(t, pinned, line, file)
			}
		}
	}
}

func TestTheMakefileHasWhatIsCalled(t *testing.T) {
	t.Parallel()
	targets := makeTargets(t)
	workflows, _ := read(t)
	found := 0
	for file, w := range workflows {
		for name, job := range w.Jobs {
			for _, step := range job.Steps {
				for _, call := range called.FindAllStringSubmatch(step.Run, -1) {
					wanted := []string{call[1]}
					if strings.HasPrefix(call[1], "$") {
						wanted = job.Strategy.Matrix.Target
						require.NotEmpty(t, wanted, "%s, job %s has no matrix of targets", file, name)
					}
					found += len(wanted)
					assert.Subset(t, targets, wanted, "%s, job %s", file, name)
				}
			}
		}
	}
	assert.GreaterOrEqual(t, found, 5)
}

// makeTargets are the targets of the Makefile and of the files that it includes.
func makeTargets(t *testing.T) []string {
	t.Helper()
	var targets []string
	for _, pattern := range []string{"Makefile", "sdk/*.mk", "tests/tools/*.mk"} {
		files, err := filepath.Glob(filepath.Join(repository, filepath.FromSlash(pattern)))
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, target := range regexp.MustCompile(`(?m)^([a-z][a-z0-9_-]*):`).FindAllStringSubmatch(string(text), -1) {
				targets = append(targets, target[1])
			}
		}
	}
	return targets
}
