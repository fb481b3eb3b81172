package examples

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/long"
)

// `pulumi package get-schema` prints the committed schema with the plugin's version.
func TestPackageGetSchema(t *testing.T) {
	t.Parallel()
	h, tools := packageHarness(t)
	result, err := h.Pulumi(t.Context(), t.TempDir(), "package", "get-schema", plugin(tools))
	require.NoError(t, err)
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(result.Stdout), &got))
	assert.Equal(t, version.Version, got["version"])
	delete(got, "version")

	committed, err := os.ReadFile(filepath.Join(tools.Repository, "schema.json"))
	require.NoError(t, err)
	text, err := json.Marshal(got)
	require.NoError(t, err)
	assert.JSONEq(t, string(committed), string(text))
}

// In a YAML program, `pulumi package add` declares the package. The plan stays the same.
func TestPackageAddInYAML(t *testing.T) {
	t.Parallel()
	h, tools := packageHarness(t)
	plain, err := h.Preview(t.Context(), stage(t, tools, "yaml"), project+"/dev")
	require.NoError(t, err)

	dir := stage(t, tools, "yaml")
	_, err = h.Pulumi(t.Context(), dir, "package", "add", plugin(tools))
	require.NoError(t, err)
	settings, err := os.ReadFile(filepath.Join(dir, "Pulumi.yaml"))
	require.NoError(t, err)
	assert.Contains(t, string(settings), "packages:\n  escsync: escsync@"+version.Version+"\n")
	added, err := h.Preview(t.Context(), dir, project+"/dev")
	require.NoError(t, err)
	require.NotEmpty(t, plain.Changes())
	assert.Equal(t, plain.Changes(), added.Changes())
}

// publishedSDK matches the dependency of the Java example that only a release has.
var publishedSDK = regexp.MustCompile(`(?s)\s*<dependency>\s*<groupId>com\.escsync</groupId>.*?</dependency>`)

// commandsDependencies are the dependencies that the command says to use instead.
const commandsDependencies = `
    <dependency>
      <groupId>com.google.code.findbugs</groupId>
      <artifactId>jsr305</artifactId>
      <version>3.0.2</version>
    </dependency>
    <dependency>
      <groupId>com.google.code.gson</groupId>
      <artifactId>gson</artifactId>
      <version>2.8.9</version>
    </dependency>`

// In a Java program, `pulumi package add` generates an SDK, and the user copies it to the sources as instructed. The
// example then runs without the published SDK.
func TestPackageAddInJava(t *testing.T) {
	long.Only(t)
	t.Parallel()
	h, tools := packageHarness(t)
	dir := stage(t, tools, "java")
	program := filepath.Join(t.TempDir(), "src")
	require.NoError(t, os.Rename(filepath.Join(dir, "src"), program))
	pom := filepath.Join(dir, "pom.xml")
	text, err := os.ReadFile(pom)
	require.NoError(t, err)
	require.Len(t, publishedSDK.FindAll(text, -1), 1)
	require.NoError(t, os.WriteFile(pom, publishedSDK.ReplaceAll(text, []byte(commandsDependencies)), 0o600))

	_, err = h.Pulumi(t.Context(), dir, "package", "add", plugin(tools))
	require.NoError(t, err)
	for _, sources := range []string{filepath.Join(dir, "sdks", "escsync-escsync", "src"), program} {
		output, err := exec.CommandContext(t.Context(), "cp", "-r", sources, dir).CombinedOutput()
		require.NoError(t, err, "%s", output)
	}
	result, err := h.Preview(t.Context(), dir, project+"/dev")
	require.NoError(t, err)
	checkPlugin(t, result)
}

func packageHarness(t *testing.T) (*harness.Harness, harness.Tools) {
	t.Helper()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	h := harness.New(t, harness.Options{Environment: environment(t, tools)})
	require.NoError(t, h.CreateExampleEnvironments(t.Context()))
	return h, tools
}

func plugin(tools harness.Tools) string {
	return filepath.Join(tools.Repository, "bin", "pulumi-resource-escsync")
}
