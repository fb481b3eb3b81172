package provider

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// The built-in program and the plugin belong together: a release changes the constant Version and the program's
// `version` in one commit.
func TestProgramNamesThisVersion(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../program/Pulumi.yaml")
	require.NoError(t, err)
	var program struct {
		Name    string
		Options struct{ Refresh string }
		Config  map[string]struct {
			Type   string
			Secret bool
		}
		Resources map[string]struct {
			Type    string
			Options struct {
				Version           string
				PluginDownloadURL string `yaml:"pluginDownloadURL"`
			}
		}
	}
	require.NoError(t, yaml.Unmarshal(text, &program))
	target := program.Resources["target"]
	assert.Equal(t, version.Version, target.Options.Version)
	assert.Equal(t, version.PluginDownloadURL, target.Options.PluginDownloadURL)
	assert.Equal(t, version.Name+":Target", target.Type)
	assert.NotEqual(t, version.Name, program.Name, "project and package would share one configuration namespace")
	assert.Equal(t, "always", program.Options.Refresh)
	assert.Equal(t, "string", program.Config["payload"].Type)
	assert.True(t, program.Config["payload"].Secret)
}
