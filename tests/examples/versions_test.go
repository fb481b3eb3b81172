package examples

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// sdkOf matches, by name or extension of a language's build file, the line with this version of the SDK.
var sdkOf = map[string]string{
	"requirements.txt": "pulumi_escsync==" + version.Version + "\n",
	"go.mod":           "github.com/escsync/pulumi-escsync/sdk/go/escsync v" + version.Version + "\n",
	"pom.xml":          "<artifactId>pulumi-escsync</artifactId>\n      <version>" + version.Version + "<",
	".csproj":          `<PackageReference Include="Escsync.Pulumi" Version="` + version.Version + `" />`,
}

// Users copy the examples, so each that uses the package must name this version.
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
			found[kind] += checkYAMLOptions(t, file, read(t, file))
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

// goLine matches the line of a go.mod with the Go version.
var goLine = regexp.MustCompile(`(?m)^go .*$`)

// The example must not need a newer Go than the SDK.
func TestTheGoExampleNeedsNoNewerGoThanTheSDK(t *testing.T) {
	t.Parallel()
	sdk := goLine.Find(read(t, filepath.Join("..", "..", "sdk", "go", "escsync", "go.mod")))
	require.NotEmpty(t, sdk)
	assert.Equal(t, string(sdk), string(goLine.Find(read(t, filepath.Join("..", "..", "examples", "go", "go.mod")))))
}

// Without a virtual environment, `pulumi install` installs packages into the system's Python, which many systems
// refuse.
func TestThePythonExampleHasAVirtualEnvironment(t *testing.T) {
	t.Parallel()
	var project struct {
		Runtime struct {
			Name    string            `yaml:"name"`
			Options map[string]string `yaml:"options"`
		} `yaml:"runtime"`
	}
	require.NoError(t, yaml.Unmarshal(read(t, filepath.Join("..", "..", "examples", "python", "Pulumi.yaml")), &project))
	assert.Equal(t, "python", project.Runtime.Name)
	assert.Equal(t, map[string]string{"toolchain": "pip", "virtualenv": "venv"}, project.Runtime.Options)
	assert.Contains(t, string(read(t, filepath.Join("..", "..", ".gitignore"))), "\nvenv/\n")
}

// checkPackageJSON returns 1 if a Node.js program depends on the SDK.
func checkPackageJSON(t *testing.T, file string) int {
	t.Helper()
	var project struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	require.NoError(t, json.Unmarshal(read(t, file), &project), file)
	given, depends := project.Dependencies["@escsync/pulumi-escsync"]
	if !depends {
		return 0
	}
	assert.Equal(t, version.Version, given, file)
	return 1
}

// checkYAMLOptions returns how many resources and functions of the package a YAML program uses. It requires that each
// names the plugin's address: without that, the CLI looks for the plugin among Pulumi's own.
func checkYAMLOptions(t *testing.T, file string, text []byte) int {
	t.Helper()
	type use struct {
		Type     string         `yaml:"type"`
		Function string         `yaml:"function"`
		Options  map[string]any `yaml:"options"`
	}
	var program struct {
		Resources map[string]use `yaml:"resources"`
		Variables map[string]struct {
			Invoke use `yaml:"fn::invoke"`
		} `yaml:"variables"`
	}
	require.NoError(t, yaml.Unmarshal(text, &program), file)
	uses := program.Resources
	if uses == nil {
		uses = map[string]use{}
	}
	for name, variable := range program.Variables {
		uses[name] = variable.Invoke
	}
	count := 0
	for name, use := range uses {
		if !strings.HasPrefix(use.Type+use.Function, version.Name+":") {
			continue
		}
		count++
		assert.Equal(t, version.Version, use.Options["version"], "%s: the options of %s", file, name)
		assert.Equal(t, version.PluginDownloadURL, use.Options["pluginDownloadURL"], "%s: the options of %s", file, name)
	}
	return count
}

// Users also copy the examples that editors and the Registry show.
func TestUsagesSayWhereThePluginIs(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("..", "..", "provider", "internal", "usage")
	sources, err := filepath.Glob(filepath.Join(folder, "programs", "*.yaml"))
	require.NoError(t, err)
	require.NotEmpty(t, sources)
	for _, source := range sources {
		name := strings.TrimSuffix(filepath.Base(source), ".yaml")
		text := read(t, filepath.Join(folder, "text", name+".md"))
		_, program, found := strings.Cut(string(text), "\n```yaml\n")
		require.True(t, found, name)
		program, _, found = strings.Cut(program, "\n```\n")
		require.True(t, found, name)
		assert.Positive(t, checkYAMLOptions(t, name, []byte(program)), name)
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return text
}
