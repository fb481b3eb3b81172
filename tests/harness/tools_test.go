package harness

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/modfile"

	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

// Each tool's path contains the version that is built.
func TestVersionsAgree(t *testing.T) {
	t.Parallel()
	repository, err := toolcache.Repository()
	require.NoError(t, err)
	versions, err := toolcache.Versions(repository, toolcache.Tools)
	require.NoError(t, err)
	for _, c := range []struct{ variable, folder, module string }{
		{"PULUMI_VERSION", "pulumi", "github.com/pulumi/pulumi/pkg/v3"},
		{"PULUMI_LANGUAGE_YAML_VERSION", "pulumi-language-yaml", "github.com/pulumi/pulumi-yaml"},
		{"PULUMI_LANGUAGE_HOSTS_VERSION", "pulumi-language-hosts", "github.com/pulumi/pulumi/sdk/v3"},
		{"PULUMI_LANGUAGE_JAVA_VERSION", "pulumi-language-java", "github.com/pulumi/pulumi-java"},
	} {
		t.Run(c.folder, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(repository, "tests", "tools", c.folder, "go.mod")
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			module, err := modfile.Parse(path, text, nil)
			require.NoError(t, err)
			var required string
			for _, requirement := range module.Require {
				if requirement.Mod.Path == c.module {
					required = requirement.Mod.Version
				}
			}
			assert.Equal(t, versions[c.variable], required)
		})
	}
	for folder, requirement := range map[string]string{
		"moto": "moto[server]==" + versions["MOTO_VERSION"], "zizmor": "zizmor==" + versions["ZIZMOR_VERSION"],
	} {
		text, err := os.ReadFile(filepath.Join(repository, "tests", "tools", folder, "requirements.txt"))
		require.NoError(t, err)
		assert.Contains(t, string(text), requirement+"\n")
	}
}

func TestCheckNamesEveryMissingTool(t *testing.T) {
	t.Parallel()
	here, err := os.Executable()
	require.NoError(t, err)
	err = Tools{Pulumi: "/none/pulumi", Moto: "/none/moto", Provider: here, Plugins: "/none/plugins"}.check()
	require.EqualError(t, err, "/none/pulumi is missing: run `make tools`\n/none/moto is missing: run `make "+
		"tools`\n/none/plugins is missing: run `make plugins`")
}
