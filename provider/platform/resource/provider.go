package resource

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/host"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/providers"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	references "github.com/pulumi/pulumi/sdk/v3/go/common/providers"
	engine "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// opened is the resource's provider, run as the engine would run it: the same plugin, installed if it is missing,
// with the same configuration. The engine itself offers no way to look up a resource, or to check all resources
// before the first one is written.
type opened struct {
	plugin.Provider
	host    plugin.Host
	context *plugin.Context
}

// open starts the provider. The caller must close it.
func (d resource) open(r *target.Registration) (opened, error) {
	ctx := r.Ctx.Context()
	var a opened
	var err error
	if a.host, err = host.New(ctx, nil, nil, nil, nil, nil, nil, nil); err != nil {
		return opened{}, fmt.Errorf("hosting plugins: %w", err)
	}
	folder, err := os.Getwd()
	if err == nil {
		a.context, err = plugin.NewContextWithHost(ctx, nil, nil, a.host, folder, folder, nil)
	}
	if err == nil {
		a.Provider, err = d.configure(ctx, r, providers.NewRegistry(a.context, r.Ctx.DryRun(), nil))
	}
	if err != nil {
		return opened{}, errors.Join(err, a.close())
	}
	return a, nil
}

// configure loads, checks and configures the provider through the engine's own registry.
func (d resource) configure(
	ctx context.Context, r *target.Registration, registry *providers.Registry,
) (plugin.Provider, error) {
	inputs := engine.PropertyMap{}
	for name, text := range r.Request.Caller.Configuration(d.pkg()) {
		inputs[engine.PropertyKey(name)] = engine.NewProperty(text)
	}
	if d.version != "" {
		version, err := semver.Parse(d.version)
		if err != nil {
			return nil, fmt.Errorf("reading the version %s: %w", d.version, err)
		}
		providers.SetProviderVersion(inputs, &version)
	}
	if d.downloadURL != "" {
		providers.SetProviderURL(inputs, d.downloadURL)
	}
	if d.terraform != (terraform{}) {
		of, err := d.parameterization()
		if err != nil {
			return nil, err
		}
		providers.SetProviderName(inputs, bridge)
		providers.SetProviderParameterization(inputs, of)
	}
	kind := tokens.Type("pulumi:providers:" + d.pkg())
	name := urn.New(tokens.QName(r.Ctx.Stack()), tokens.PackageName(r.Ctx.Project()), "", kind, "default")
	checked, err := registry.Check(ctx, plugin.CheckRequest{URN: name, Name: "default", Type: kind, News: inputs})
	if err != nil {
		return nil, fmt.Errorf("loading the provider: %w", err)
	}
	for _, failure := range checked.Failures {
		err = errors.Join(err, fmt.Errorf("configuring the provider: %s: %s", failure.Property, failure.Reason))
	}
	if err != nil {
		return nil, err
	}
	made, err := registry.Create(ctx, plugin.CreateRequest{
		URN: name, Name: "default", Type: kind, Properties: checked.Properties,
	})
	if err != nil {
		return nil, fmt.Errorf("configuring the provider: %w", err)
	}
	reference, err := references.NewReference(name, made.ID)
	if err != nil {
		return nil, fmt.Errorf("configuring the provider: %w", err)
	}
	provider, _ := registry.GetProvider(reference)
	return provider, nil
}

func (a opened) close() error {
	var errs []error
	if a.context != nil {
		errs = append(errs, a.context.Close())
	}
	return errors.Join(append(errs, a.host.Close())...)
}
