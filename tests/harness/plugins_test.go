package harness

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewestCached(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	for _, folder := range []string{
		"resource-aws-v10.0.0", "resource-x-v1.10.0", "resource-x-v1.9.0", "resource-x-vnone",
	} {
		require.NoError(t, os.Mkdir(filepath.Join(cache, folder), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(cache, folder, "pulumi-resource-x"), nil, 0o700))
	}
	// A download that was interrupted leaves a folder without the binary.
	require.NoError(t, os.Mkdir(filepath.Join(cache, "resource-x-v2.0.0"), 0o700))

	assert.Equal(t, filepath.Join(cache, "resource-x-v1.10.0", "pulumi-resource-x"), newestCached(cache, "x"))
	assert.Empty(t, newestCached(cache, "y"))
	assert.Empty(t, newestCached(filepath.Join(cache, "missing"), "x"))
}

func TestRealPluginTakesTheStandInsPlace(t *testing.T) {
	standIns, real, folder := t.TempDir(), filepath.Join(t.TempDir(), "published"), t.TempDir()
	for _, name := range []string{"aws", "pulumiservice"} {
		require.NoError(t, os.WriteFile(filepath.Join(standIns, pluginPrefix+name), nil, 0o700))
	}
	t.Setenv("ESCSYNC_PULUMISERVICE_PLUGIN", real)
	t.Setenv("ESCSYNC_AWS_PLUGIN", real)

	plugins, err := linkPlugins(Tools{Provider: "/escsync", Plugins: standIns}, folder)
	require.NoError(t, err)
	assert.Equal(t, []Plugin{
		{Name: "aws", Path: filepath.Join(standIns, "pulumi-resource-aws")},
		{Name: "pulumiservice", Path: real, Real: true},
	}, plugins)
	linked, err := os.Readlink(filepath.Join(folder, "pulumi-resource-pulumiservice"))
	require.NoError(t, err)
	assert.Equal(t, real, linked)
}
