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

// ownReleases and othersReleases are where the CLI looks for the plugin: as the examples say, and by itself.
const (
	ownReleases    = "https://api.github.com/repos/escsync/pulumi-escsync/releases/"
	othersReleases = "https://api.github.com/repos/pulumi/pulumi-escsync/releases/"
)

// The other tests have the plugin on PATH. A user has not: the CLI must ask for the release of this repository. Here
// nothing is reached, as a proxy refuses all, so that the CLI says what it asked for.
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

	// Without the options, docs/troubleshooting.md says what is seen.
	output = withoutPlugin(t, tools, program, preview...)
	assert.Contains(t, output, othersReleases+"latest")
	page, err := os.ReadFile(filepath.Join(repository, "docs", "troubleshooting.md"))
	require.NoError(t, err)
	for _, text := range []string{string(page), output} {
		assert.Contains(t, text, "could not find latest version for provider escsync")
	}
}

// packageAdd is the command that generates an SDK from the released plugin, as the docs have it.
const packageAdd = "pulumi package add escsync@" + version.Version + " --server " + version.PluginDownloadURL

// pluginInstall is the command that installs the newest plugin by hand, as the docs have it.
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
		// Older CLIs do not know the flag.
		assert.Contains(t, string(text), "CLI 3.256 or newer", page)
	}
	for command, asked := range map[string]string{packageAdd: "tags/v" + version.Version, pluginInstall: "latest"} {
		output := withoutPlugin(t, tools, "name: some\nruntime: yaml\n", strings.Fields(command)[1:]...)
		assert.Contains(t, output, ownReleases+asked, command)
		assert.NotContains(t, output, othersReleases, command)
	}
}

// What is shown for a resource, and for a function, is copied as well.
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

// yamlUsage is the YAML program that the schema shows for a resource or function.
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

// withoutPlugin returns what a command of the CLI prints that fails as there is no plugin, neither on PATH nor in
// PULUMI_HOME, and no release is reached.
func withoutPlugin(t *testing.T, tools harness.Tools, program string, args ...string) string {
	t.Helper()
	cli := newUser(t, tools, program)
	output, err := cli.run(t, "stack", "init", "dev")
	require.NoError(t, err, output)
	output, err = cli.run(t, args...)
	require.Error(t, err, output)
	return output
}

// user runs the CLI as a user does who has never had the plugin, in a folder with one program. What is not on this
// machine is not reached, as a proxy refuses it.
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
