package examples

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider"
)

// The examples are what users copy: each depends on this version of the SDK.
func TestExamplesDependOnThisVersion(t *testing.T) {
	t.Parallel()
	version := provider.Version
	for file, want := range map[string]string{
		"golden-path-typescript/package.json":  `"@escsync/pulumi-escsync": "` + version + `"`,
		"typescript/package.json":              `"@escsync/pulumi-escsync": "` + version + `"`,
		"python/requirements.txt":              "pulumi_escsync==" + version + "\n",
		"go/go.mod":                            "github.com/escsync/pulumi-escsync/sdk/go/escsync v" + version + "\n",
		"java/pom.xml":                         "<artifactId>pulumi-escsync</artifactId>\n      <version>" + version + "<",
		"dotnet/escsync-example-dotnet.csproj": `<PackageReference Include="Escsync.Pulumi" Version="` + version + `" />`,
	} {
		text, err := os.ReadFile(filepath.Join("..", "..", "examples", filepath.FromSlash(file)))
		require.NoError(t, err)
		assert.Contains(t, string(text), want, file)
	}
}
