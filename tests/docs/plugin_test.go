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

	"github.com/escsync/pulumi-escsync/provider"
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
	assert.Contains(t, output, ownReleases+"tags/v"+provider.Version)
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
const packageAdd = "pulumi package add escsync@" + provider.Version + " --server " + provider.PluginDownloadURL

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
	}
	output := withoutPlugin(t, tools, "name: some\nruntime: yaml\n", strings.Fields(packageAdd)[1:]...)
	assert.Contains(t, output, ownReleases+"tags/v"+provider.Version)
	assert.NotContains(t, output, othersReleases)
}

// withoutPlugin returns what a command of the CLI prints that fails as there is no plugin, neither on PATH nor in
// PULUMI_HOME.
func withoutPlugin(t *testing.T, tools harness.Tools, program string, args ...string) string {
	t.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "nothing is reached from here", http.StatusForbidden)
	}))
	defer proxy.Close()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "Pulumi.yaml"), []byte(program), 0o600))
	folders := append([]string{filepath.Dir(tools.Pulumi)}, tools.LanguageHosts...)
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		if _, err := os.Stat(filepath.Join(folder, "pulumi-resource-"+provider.Name)); err != nil {
			folders = append(folders, folder)
		}
	}
	run := func(args ...string) (string, error) {
		cmd := exec.CommandContext(t.Context(), tools.Pulumi, args...)
		cmd.Dir = root
		cmd.Env = []string{
			"PATH=" + strings.Join(folders, string(filepath.ListSeparator)), "HOME=" + root, "PULUMI_HOME=" + root + "/home",
			"PULUMI_BACKEND_URL=file://" + root, "PULUMI_CONFIG_PASSPHRASE=unused", "PULUMI_SKIP_UPDATE_CHECK=true",
			"HTTPS_PROXY=" + proxy.URL, "HTTP_PROXY=" + proxy.URL,
		}
		output, err := cmd.CombinedOutput()
		return string(output), err
	}
	output, err := run("stack", "init", "dev")
	require.NoError(t, err, output)
	output, err = run(args...)
	require.Error(t, err, output)
	return output
}
