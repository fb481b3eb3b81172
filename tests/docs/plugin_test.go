package docs

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/harness"
)

// ownReleases is where the CLI looks for the plugin in the examples, and othersReleases is its default.
const (
	ownReleases    = "https://api.github.com/repos/escsync/pulumi-escsync/releases/"
	othersReleases = "https://api.github.com/repos/pulumi/pulumi-escsync/releases/"
)

// The other tests have the plugin installed. A user has not, so the CLI must request this repository's release. A proxy
// refuses all connections here, so the CLI prints what it requested.
func TestThePluginOfAYAMLProgramIsDownloadedFromHere(t *testing.T) {
	t.Parallel()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	example, err := os.ReadFile(filepath.Join(repository, "examples", "yaml", "Pulumi.yaml"))
	require.NoError(t, err)
	program, _, found := strings.Cut(string(example), "    options:\n")
	require.True(t, found)

	preview := []string{"preview", "--non-interactive", "--color", "never"}
	output := withoutPlugin(t, tools, string(example), preview...)
	assert.Contains(t, output, ownReleases+"tags/v"+version.Version)
	assert.NotContains(t, output, othersReleases)

	// docs/troubleshooting.md describes what happens without the options.
	output = withoutPlugin(t, tools, program, preview...)
	assert.Contains(t, output, othersReleases+"latest")
	page, err := os.ReadFile(filepath.Join(repository, "docs", "troubleshooting.md"))
	require.NoError(t, err)
	for _, text := range []string{string(page), output} {
		assert.Contains(t, text, "could not find latest version for provider escsync")
	}
}

// packageAdd is the documented command that generates an SDK from the released plugin.
const packageAdd = "pulumi package add escsync@" + version.Version + " --server " + version.PluginDownloadURL

// pluginInstall is the documented command that installs the newest plugin by hand.
const pluginInstall = "pulumi plugin install resource escsync --server " + version.PluginDownloadURL

func TestPackageAddDownloadsTheRelease(t *testing.T) {
	t.Parallel()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	for _, page := range []string{
		"README.md", "docs/installation-configuration.md", "sdk/java/README.md", "sdk/dotnet/README.md",
	} {
		text, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(page)))
		require.NoError(t, err)
		assert.Contains(t, string(text), packageAdd, page)
		// Older CLIs do not have the flag.
		assert.Contains(t, string(text), "CLI 3.256 or newer", page)
	}
	for command, asked := range map[string]string{packageAdd: "tags/v" + version.Version, pluginInstall: "latest"} {
		output := withoutPlugin(t, tools, "name: some\nruntime: yaml\n", strings.Fields(command)[1:]...)
		assert.Contains(t, output, ownReleases+asked, command)
		assert.NotContains(t, output, othersReleases, command)
	}
}

// Users also copy the examples of resources and functions in the schema.
func TestThePluginOfAnExampleInTheSchemaIsDownloadedFromHere(t *testing.T) {
	t.Parallel()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	for _, name := range []string{"EscSync", "getSyncStatus"} {
		output := withoutPlugin(t, tools, "name: some\nruntime: yaml\n"+yamlUsage(t, name),
			"preview", "--non-interactive", "--color", "never")
		assert.Contains(t, output, ownReleases+"tags/v"+version.Version, name)
		assert.NotContains(t, output, othersReleases, name)
	}
}

// yamlUsage returns the schema's YAML program for a resource or function.
func yamlUsage(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, "provider", "internal", "usage", "text", name+".md"))
	require.NoError(t, err)
	_, program, found := strings.Cut(string(text), "\n```yaml\n")
	require.True(t, found)
	program, _, found = strings.Cut(program, "```\n")
	require.True(t, found)
	return program
}

// withoutPlugin returns the output of a CLI command that fails because the plugin is neither on PATH nor in
// PULUMI_HOME, and no release can be reached.
func withoutPlugin(t *testing.T, tools harness.Tools, program string, args ...string) string {
	t.Helper()
	cli := newUser(t, tools, program)
	output, err := cli.run(t, "stack", "init", "dev")
	require.NoError(t, err, output)
	output, err = cli.run(t, args...)
	require.Error(t, err, output)
	return output
}

// user runs the CLI like a user who has never had the plugin, in a folder with one program. A proxy refuses all
// connections to other machines.
type user struct {
	pulumi, folder string
	environment    []string
}

func newUser(t *testing.T, tools harness.Tools, program string, environment ...string) user {
	t.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "nothing is reached from here", http.StatusForbidden)
	}))
	t.Cleanup(proxy.Close)
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "Pulumi.yaml"), []byte(program), 0o600))
	folders := append([]string{filepath.Dir(tools.Pulumi)}, tools.LanguageHosts...)
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		if _, err := os.Stat(filepath.Join(folder, "pulumi-resource-"+version.Name)); err != nil {
			folders = append(folders, folder)
		}
	}
	return user{pulumi: tools.Pulumi, folder: root, environment: append(environment,
		"PATH="+strings.Join(folders, string(filepath.ListSeparator)), "HOME="+root, "PULUMI_HOME="+root+"/home",
		"PULUMI_BACKEND_URL=file://"+root, "PULUMI_CONFIG_PASSPHRASE=unused", "PULUMI_SKIP_UPDATE_CHECK=true",
		"HTTPS_PROXY="+proxy.URL, "HTTP_PROXY="+proxy.URL,
	)}
}

func (u user) run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), u.pulumi, args...)
	cmd.Dir, cmd.Env = u.folder, u.environment
	output, err := cmd.CombinedOutput()
	return string(output), err
}
