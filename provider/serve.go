package provider

import (
	"context"
	"runtime/debug"

	p "github.com/pulumi/pulumi-go-provider"
	comProvider "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// collectLater is how much larger than what is in use the memory may grow before it is collected, in percent. A plugin
// lives for seconds, in which what each sync leaves behind is little, and by the default of 100 collecting it is a
// sixth of the plugin's work. With 400, a thousand syncs took more than 200 MB.
const collectLater = 200

// Serve runs the provider as a plugin until the engine ends it.
func Serve(ctx context.Context) error {
	provider, err := New()
	if err != nil {
		return err
	}
	leavePositionsOut()
	debug.SetGCPercent(collectLater)
	serve := func(host *comProvider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		return server(host, provider)
	}
	return comProvider.MainContext(ctx, version.Name, serve)
}

func server(host *comProvider.HostClient, provider p.Provider) (pulumirpc.ResourceProviderServer, error) {
	inner, err := p.RawServer(version.Name, version.Version, provider)(host)
	if err != nil {
		return nil, err
	}
	return &boundedServer{ResourceProviderServer: aliasServer{inner}}, nil
}
