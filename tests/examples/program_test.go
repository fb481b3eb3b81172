package examples

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// project replaces the name of each example's project, because default names in a plan contain it.
const project = "escsync-example"

var projectName = regexp.MustCompile(`(?m)^name: .*$`)

// stage copies an example to a temporary folder in which it finds this repository's SDK: at ../../sdk for Go, and in
// node_modules for Node.js.
func stage(t *testing.T, tools harness.Tools, language string) string {
	t.Helper()
	root := t.TempDir()
	folder := filepath.Join(root, "examples", language)
	require.NoError(t, os.CopyFS(folder, os.DirFS(filepath.Join(tools.Repository, "examples", language))))
	require.NoError(t, os.Symlink(filepath.Join(tools.Repository, "sdk"), filepath.Join(root, "sdk")))
	if _, err := os.Stat(filepath.Join(folder, "package.json")); err == nil {
		linkModules(t, tools, folder)
	}
	settings := filepath.Join(folder, "Pulumi.yaml")
	text, err := os.ReadFile(settings)
	require.NoError(t, err)
	require.Len(t, projectName.FindAll(text, -1), 1, "a project has one name")
	text = projectName.ReplaceAll(text, []byte("name: "+project))
	require.NoError(t, os.WriteFile(settings, text, 0o600))
	return folder
}

// linkModules links a Node.js program's dependencies, including this repository's SDK.
func linkModules(t *testing.T, tools harness.Tools, folder string) {
	t.Helper()
	modules := filepath.Join(tools.Repository, "bin", "sdk", "node_modules")
	require.DirExists(t, modules, "run `make sdk_build`")
	require.NoError(t, os.Symlink(modules, filepath.Join(folder, "node_modules")))
}

// environment returns the variables with which the languages' tools find the installed dependencies.
func environment(t *testing.T, tools harness.Tools) []string {
	t.Helper()
	variables := []string{
		"PYTHONPATH=" + filepath.Join(tools.Repository, "bin", "sdk", "python", "site"),
		"PYTHONDONTWRITEBYTECODE=1",
		"MAVEN_OPTS=-Dmaven.repo.local=" + required(t, "ESCSYNC_SDK_MAVEN"),
		"GOWORK=off",
		"PULUMI_EXPERIMENTAL=true",
	}
	names := []string{"GOCACHE", "GOMODCACHE", "GOPATH", "GOPROXY", "GOFLAGS", "GOSUMDB", "GOTOOLCHAIN"}
	values, err := exec.CommandContext(t.Context(), "go", append([]string{"env"}, names...)...).Output()
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSuffix(string(values), "\n"), "\n")
	require.Len(t, lines, len(names))
	for i, name := range names {
		variables = append(variables, name+"="+lines[i])
	}
	return variables
}

// required returns an environment variable that the Makefile sets.
func required(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	require.NotEmpty(t, value, "%s is not set: run `make test`", name)
	return value
}
