package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// inlineProgram is a program that runs in the test, beside the real engine: it declares one EscSync, whose inputs no
// language has looked at before.
type inlineProgram struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	inputs property.Map
	// explicit declares a pulumiservice provider, and gives it to the EscSync.
	explicit bool
}

// Run declares the stack and the EscSync.
func (p *inlineProgram) Run(ctx context.Context, req *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	connection, err := grpc.NewClient(req.GetMonitorAddress(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	if err := p.declare(ctx, pulumirpc.NewResourceMonitorClient(connection), req); err != nil {
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	}
	return &pulumirpc.RunResponse{}, nil
}

func (p *inlineProgram) declare(
	ctx context.Context, monitor pulumirpc.ResourceMonitorClient, req *pulumirpc.RunRequest,
) error {
	root, err := monitor.RegisterResource(ctx, &pulumirpc.RegisterResourceRequest{
		Type: string(resource.RootStackType), Name: req.GetProject() + "-" + req.GetStack(),
	})
	if err != nil {
		return err
	}
	inputs, err := plugin.MarshalProperties(resource.ToResourcePropertyMap(p.inputs),
		plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true})
	if err != nil {
		return err
	}
	sync := &pulumirpc.RegisterResourceRequest{
		Type: "escsync:index:EscSync", Name: "db", Parent: root.GetUrn(), Remote: true, Object: inputs,
		AcceptSecrets: true, AcceptResources: true,
	}
	if p.explicit {
		provider, err := monitor.RegisterResource(ctx, &pulumirpc.RegisterResourceRequest{
			Type: "pulumi:providers:pulumiservice", Name: "cloud", Parent: root.GetUrn(), Custom: true,
		})
		if err != nil {
			return err
		}
		id := provider.GetId()
		if id == "" {
			id = plugin.UnknownStringValue
		}
		sync.Providers = map[string]string{"pulumiservice": provider.GetUrn() + "::" + id}
	}
	_, err = monitor.RegisterResource(ctx, sync)
	return err
}

// GetPluginInfo has nothing to tell.
func (p *inlineProgram) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{}, nil
}

// GetRequiredPackages names none: they are found on the PATH.
func (p *inlineProgram) GetRequiredPackages(
	context.Context, *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

// preview runs `pulumi preview` of the program in a stack that exists.
func (p *inlineProgram) preview(t *testing.T, h *harness.Harness, dir, stack string) (*harness.Result, error) {
	t.Helper()
	cancel := make(chan bool)
	server, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancel,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, p)
			return nil
		},
	})
	require.NoError(t, err)
	defer func() {
		close(cancel)
		require.NoError(t, <-server.Done)
	}()
	return h.Pulumi(t.Context(), dir, "preview", "--stack", stack, "--non-interactive", "--color=never",
		fmt.Sprintf("--client=127.0.0.1:%d", server.Port))
}
