package harness

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// The CLI finds the plugins in the right place by the versions that programs request.
func TestInstallPlugins(t *testing.T) {
	standIns, hosts, published := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "published")
	binary := func(path ...string) string {
		file := filepath.Join(path...)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
		require.NoError(t, os.WriteFile(file, nil, 0o700))
		return file
	}
	aws := binary(standIns, "resource-aws-v6.83.4", "pulumi-resource-aws")
	binary(standIns, "resource-azure-native-v2.90.0", "pulumi-resource-azure-native")
	yaml := binary(hosts, "pulumi-language-yaml-v1.38.1", "pulumi-language-yaml")
	python := binary(hosts, "pulumi-language-python-v3.42.0", "pulumi-language-python")
	script := binary(hosts, "pulumi-language-python-v3.42.0", "pulumi-language-python-exec")
	t.Setenv("ESCSYNC_AZURE_NATIVE_PLUGIN", published)
	_, err := installPlugins(Tools{Provider: "/escsync", Plugins: standIns}, t.TempDir())
	require.ErrorContains(t, err, "ESCSYNC_AZURE_NATIVE_PLUGIN names no plugin: ")
	binary(published)

	folder := t.TempDir()
	plugins, err := installPlugins(Tools{
		Provider: "/escsync", Plugins: standIns,
		LanguageHosts: []string{
			filepath.Join(hosts, "pulumi-language-yaml-v1.38.1") + "/", filepath.Join(hosts, "pulumi-language-go-v3.42.0"),
			filepath.Dir(python), "/usr/bin",
		},
	}, folder)
	require.NoError(t, err)
	assert.Equal(t, []Plugin{
		{Name: "aws", Path: aws}, {Name: "azure-native", Path: published, Real: true},
	}, plugins)
	installed := map[string]string{}
	links, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	require.NoError(t, err)
	for _, link := range links {
		target, err := os.Readlink(link)
		require.NoError(t, err)
		name, err := filepath.Rel(folder, link)
		require.NoError(t, err)
		installed[name] = target
	}
	assert.Equal(t, map[string]string{
		"resource-escsync-v" + version.Version + "/pulumi-resource-escsync": "/escsync",
		"resource-aws-v6.83.4/pulumi-resource-aws":                          aws,
		"resource-azure-native-v2.90.0/pulumi-resource-azure-native":        published,
		"language-yaml-v1.38.1/pulumi-language-yaml":                        yaml,
		"language-python-v3.42.0/pulumi-language-python":                    python,
		"language-python-v3.42.0/pulumi-language-python-exec":               script,
	}, installed)
}
