package docs

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	naming "text/template"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/long"
)

// The documented commands, and a YAML program from the schema, run with nothing but the CLI. It downloads the archive
// that goreleaser names and packs, from a local server that replaces GitHub by a setting of the CLI, and installs the
// plugin.
func TestThePluginIsInstalledFromARelease(t *testing.T) {
	t.Parallel()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	server := httptest.NewServer(http.FileServer(http.Dir(packedRelease(t, tools))))
	t.Cleanup(server.Close)
	instead := "PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES=^" + version.PluginDownloadURL + "$=" + server.URL
	syncRun := "name: some\nruntime: yaml\n" + yamlUsage(t, "SyncRun")
	preview := [][]string{
		{"stack", "init", "dev"}, {"preview", "--stack", "dev", "--non-interactive", "--config", "revision=1"},
	}

	t.Run("by hand", func(t *testing.T) {
		t.Parallel()
		user := newUser(t, tools, syncRun, instead)
		user.runs(t,
			[]string{"plugin", "install", "resource", "escsync", version.Version, "--server", version.PluginDownloadURL})
		user.hasPlugin(t)
	})
	t.Run("by a YAML program", func(t *testing.T) {
		t.Parallel()
		user := newUser(t, tools, syncRun, instead)
		user.runs(t, preview...)
		user.hasPlugin(t)
	})
	// A function is called at once and fails without a Pulumi Cloud, but the plugin is already installed.
	for _, name := range []string{"SyncRun", "getSyncStatus"} {
		t.Run("by a YAML program that the package was added to, with "+name, func(t *testing.T) {
			if name == "getSyncStatus" {
				long.Only(t)
			}
			t.Parallel()
			usage := yamlUsage(t, name)
			bare := yamlOptions.ReplaceAllString(usage, "")
			require.NotEqual(t, usage, bare)
			user := newUser(t, tools, "name: some\nruntime: yaml\n"+bare, instead)
			user.runs(t, strings.Fields(packageAdd)[1:])
			program, err := os.ReadFile(filepath.Join(user.folder, "Pulumi.yaml"))
			require.NoError(t, err)
			assert.Contains(t, string(program), "\npackages:\n  escsync:\n    source: escsync\n    version: "+version.Version+
				"\n    pluginDownloadURL: "+version.PluginDownloadURL+"\n")
			require.NoError(t, os.RemoveAll(filepath.Join(user.folder, "home"))) // as on another machine
			user.runs(t, preview[0])
			_, err = user.run(t, preview[1]...)
			assert.Equal(t, name == "getSyncStatus", err != nil)
			user.hasPlugin(t)
		})
	}
}

func (u user) runs(t *testing.T, commands ...[]string) {
	t.Helper()
	for _, command := range commands {
		output, err := u.run(t, command...)
		require.NoError(t, err, output)
	}
}

func (u user) hasPlugin(t *testing.T) {
	t.Helper()
	assert.FileExists(t, filepath.Join(u.folder, "home", "plugins", "resource-escsync-v"+version.Version,
		"pulumi-resource-escsync"))
}

// yamlOptions matches the options in a YAML program that name the plugin of a resource or function.
var yamlOptions = regexp.MustCompile(` +options:\n +version: .*\n +pluginDownloadURL: .*\n`)

// packedRelease returns a folder with the archive for this machine, named and filled as .goreleaser.yml says, with the
// plugin built here.
func packedRelease(t *testing.T, tools harness.Tools) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, ".goreleaser.yml"))
	require.NoError(t, err)
	var settings struct {
		Builds   []struct{ Binary string }
		Archives []struct {
			NameTemplate string `yaml:"name_template"`
			Formats      []string
			Files        []string
		}
	}
	require.NoError(t, yaml.Unmarshal(text, &settings))
	require.Len(t, settings.Builds, 1)
	require.Len(t, settings.Archives, 1)
	archive := settings.Archives[0]
	require.Equal(t, []string{"tar.gz"}, archive.Formats)
	var name strings.Builder
	require.NoError(t, naming.Must(naming.New("").Parse(archive.NameTemplate)).Execute(&name, map[string]string{
		"Binary": settings.Builds[0].Binary, "Version": version.Version, "Os": runtime.GOOS, "Arch": runtime.GOARCH,
	}))

	folder := t.TempDir()
	file, err := os.Create(filepath.Join(folder, name.String()+".tar.gz"))
	require.NoError(t, err)
	compressed, err := gzip.NewWriterLevel(file, gzip.BestSpeed)
	require.NoError(t, err)
	packed := tar.NewWriter(compressed)
	pack(t, packed, settings.Builds[0].Binary, tools.Provider)
	for _, other := range archive.Files {
		pack(t, packed, other, filepath.Join(repository, other))
	}
	for _, end := range []io.Closer{packed, compressed, file} {
		require.NoError(t, end.Close())
	}
	return folder
}

func pack(t *testing.T, packed *tar.Writer, name, path string) {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	info, err := file.Stat()
	require.NoError(t, err)
	header, err := tar.FileInfoHeader(info, "")
	require.NoError(t, err)
	header.Name = name
	require.NoError(t, packed.WriteHeader(header))
	_, err = io.Copy(packed, file)
	require.NoError(t, err)
}
