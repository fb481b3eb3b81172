// Package provider is the escsync Pulumi provider. It contains the control plane of a sync (EscSync), and its target
// half (Target and one component for each platform).
package provider

import (
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"github.com/escsync/pulumi-escsync/provider/escsync"
	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// New returns the provider.
func New() (p.Provider, error) {
	spec := &packageSchema{}
	built, err := infer.NewProviderBuilder().
		WithNamespace("escsync").
		WithDisplayName("ESC Sync").
		WithDescription("Syncs the secrets of a Pulumi ESC environment to "+titles(platform.All)+".").
		WithKeywords("pulumi", "escsync", "esc", "secrets", "sync", "category/cloud", "kind/component").
		WithHomepage(version.Repository).
		WithRepository(version.Repository).
		WithLogoURL(version.LogoURL).
		WithPublisher("escsync").
		WithLicense("Apache-2.0").
		WithPluginDownloadURL(version.PluginDownloadURL).
		WithLanguageMap(languages()).
		WithModuleMap(map[tokens.ModuleName]tokens.ModuleName{"escsync": "index", "run": "index", "target": "index"}).
		WithComponents(append(target.Components(platform.All, spec.get), escsync.Component(platform.All, spec.get))...).
		WithResources(append(target.Resources(), run.Resources(platform.All)...)...).
		WithFunctions(run.Functions()...).
		WithConfig(infer.Config(run.Config{})).
		Build()
	spec.provider = documented(built, platform.All)
	return spec.provider, err
}

// titles lists the titles of the platforms as part of a sentence.
func titles(platforms target.Platforms) string {
	var all []string
	for _, one := range platforms {
		all = append(all, one.Title)
	}
	last := len(all) - 1
	return strings.Join(all[:last], ", ") + " and " + all[last]
}

// languages returns the package settings of each language. WithLanguageMap replaces the builder's defaults, so they are
// repeated here.
func languages() map[string]any {
	return map[string]any{
		"nodejs": map[string]any{
			"packageName":          "@escsync/pulumi-escsync",
			"packageDescription":   "Syncs the secrets of a Pulumi ESC environment to external secret platforms.",
			"respectSchemaVersion": true,
		},
		"python": map[string]any{
			"packageName":          "pulumi_escsync",
			"respectSchemaVersion": true,
			"pyproject":            map[string]any{"enabled": true},
		},
		"go": map[string]any{
			"importBasePath":                 version.Module + "/sdk/go/escsync",
			"generateResourceContainerTypes": true,
			"respectSchemaVersion":           true,
		},
		"csharp": map[string]any{
			// Not EscSync: a namespace cannot be used if it contains a class of the same name.
			"rootNamespace": "Escsync",
			// The first version with the API that the generated code needs.
			"packageReferences":    map[string]any{"Pulumi": "[3.76.1.0,4)"},
			"namespaces":           map[string]any{"escsync": "Pulumi"},
			"respectSchemaVersion": true,
		},
		"java": map[string]any{
			"basePackage": "com.escsync",
			// The generator's Gradle files would publish as com.escsync:escsync, so sdk/gen writes a Maven project instead.
			"buildFiles": "none",
		},
	}
}
