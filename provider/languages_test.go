package provider

import (
	"path/filepath"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// The published names and the settings of the SDK generators: a language map replaces all defaults of the builder.
func TestSchemaNamesThePackageOfEachLanguage(t *testing.T) {
	t.Parallel()
	spec := specOf(t)

	for language, want := range map[string]string{
		"nodejs": `{"packageName": "@escsync/pulumi-escsync", "respectSchemaVersion": true, "packageDescription":
			"Syncs the secrets of a Pulumi ESC environment to external secret platforms."}`,
		"python": `{"packageName": "pulumi_escsync", "respectSchemaVersion": true, "pyproject": {"enabled": true}}`,
		"go": `{"importBasePath": "github.com/escsync/pulumi-escsync/sdk/go/escsync",
			"generateResourceContainerTypes": true, "respectSchemaVersion": true}`,
		"csharp": `{"rootNamespace": "Escsync", "namespaces": {"escsync": "Pulumi"},
			"packageReferences": {"Pulumi": "[3.76.1.0,4)"}, "respectSchemaVersion": true}`,
		"java": `{"basePackage": "com.escsync", "buildFiles": "none"}`,
	} {
		assert.JSONEq(t, want, string(spec.Language[language]), language)
	}
	assert.Len(t, spec.Language, 5)
}

func TestSchemaHasTheMetadataOfEveryRegistry(t *testing.T) {
	t.Parallel()
	spec := specOf(t)

	assert.Equal(t, "Apache-2.0", spec.License)
	assert.Equal(t, "https://github.com/escsync/pulumi-escsync", spec.Repository)
	assert.Equal(t, "https://github.com/escsync/pulumi-escsync", spec.Homepage)
	assert.Equal(t, "github://api.github.com/escsync/pulumi-escsync", spec.PluginDownloadURL)
	assert.Equal(t, "escsync", spec.Publisher)
	assert.NotEmpty(t, spec.Description)

	logo, found := strings.CutPrefix(spec.LogoURL, "https://raw.githubusercontent.com/escsync/pulumi-escsync/main/")
	assert.True(t, found, spec.LogoURL)
	assert.FileExists(t, filepath.Join("..", filepath.FromSlash(logo)))
	assert.NotEmpty(t, spec.DisplayName)
}

// specOf returns the schema of the package.
func specOf(t *testing.T) schema.PackageSpec {
	t.Helper()
	provider, err := New()
	require.NoError(t, err)
	spec, err := p.GetSchema(t.Context(), version.Name, version.Version, provider)
	require.NoError(t, err)
	return spec
}
