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
	for file, want := range map[string]string{
		"typescript/package.json":              `"@escsync/pulumi-escsync": "` + provider.Version + `"`,
		"python/requirements.txt":              "pulumi_escsync==" + provider.Version + "\n",
		"go/go.mod":                            "github.com/escsync/pulumi-escsync/sdk/go/escsync v" + provider.Version + "\n",
		"java/pom.xml":                         "<artifactId>pulumi-escsync</artifactId>\n      <version>" + provider.Version + "<",
		"dotnet/escsync-example-dotnet.csproj": `<PackageReference Include="Escsync.Pulumi" Version="` + provider.Version + `" />`,
	} {
		text, err := os.ReadFile(filepath.Join("..", "..", "examples", filepath.FromSlash(file)))
		require.NoError(t, err)
		assert.Contains(t, string(text), want, file)
	}
}
