package examples

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider"
)

// sdkOf is the line of a language's build file that names this version of the SDK, by the file's name or its ending.
var sdkOf = map[string]string{
	"requirements.txt": "pulumi_escsync==" + provider.Version + "\n",
	"go.mod":           "github.com/escsync/pulumi-escsync/sdk/go/escsync v" + provider.Version + "\n",
	"pom.xml":          "<artifactId>pulumi-escsync</artifactId>\n      <version>" + provider.Version + "<",
	".csproj":          `<PackageReference Include="Escsync.Pulumi" Version="` + provider.Version + `" />`,
}

// The examples are what users copy: each that uses the package names this version of it.
func TestExamplesDependOnThisVersion(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "examples", "*", "*"))
	require.NoError(t, err)
	found := map[string]int{}
	for _, file := range files {
		kind := filepath.Base(file)
		if filepath.Ext(file) == ".csproj" {
			kind = ".csproj"
		}
		switch {
		case kind == "package.json":
			found[kind] += checkPackageJSON(t, file)
		case kind == "Pulumi.yaml":
			found[kind] += checkYAMLOptions(t, file)
		case sdkOf[kind] != "":
			assert.Contains(t, string(read(t, file)), sdkOf[kind], file)
			found[kind]++
		}
	}
	assert.GreaterOrEqual(t, found["Pulumi.yaml"], 22, "resources in YAML")
	delete(found, "Pulumi.yaml")
	assert.Equal(t, map[string]int{
		"package.json": 3, "requirements.txt": 1, "go.mod": 1, "pom.xml": 1, ".csproj": 1,
	}, found)
}

// checkPackageJSON returns 1 where a Node.js program depends on the SDK.
func checkPackageJSON(t *testing.T, file string) int {
	t.Helper()
	var project struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	require.NoError(t, json.Unmarshal(read(t, file), &project), file)
	version, depends := project.Dependencies["@escsync/pulumi-escsync"]
	if !depends {
		return 0
	}
	assert.Equal(t, provider.Version, version, file)
	return 1
}

// checkYAMLOptions returns how many resources of the package a YAML program declares. A YAML program has no SDK that
// knows where the plugin is: without these options the CLI looks for it among Pulumi's own.
func checkYAMLOptions(t *testing.T, file string) int {
	t.Helper()
	var program struct {
		Resources map[string]struct {
			Type    string            `yaml:"type"`
			Options map[string]string `yaml:"options"`
		} `yaml:"resources"`
	}
	require.NoError(t, yaml.Unmarshal(read(t, file), &program), file)
	count := 0
	for name, resource := range program.Resources {
		if !strings.HasPrefix(resource.Type, provider.Name+":") {
			continue
		}
		count++
		assert.Equal(t, map[string]string{
			"version": provider.Version, "pluginDownloadURL": provider.PluginDownloadURL,
		}, resource.Options, "%s: the options of %s", file, name)
	}
	return count
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return text
}
