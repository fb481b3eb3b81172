package run

import (
	"maps"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// registrations records what a component registers and provides the outputs.
type registrations struct {
	mu      sync.Mutex
	all     map[string]pulumi.MockResourceArgs
	outputs resource.PropertyMap
}

func (r *registrations) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all[args.TypeToken] = args
	out := args.Inputs.Copy()
	maps.Copy(out, r.outputs)
	return "id", out, nil
}

func (r *registrations) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, nil }

func TestComponentsRegisterWithThisVeryPlugin(t *testing.T) {
	t.Parallel()
	mocks := &registrations{all: map[string]pulumi.MockResourceArgs{}}
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		caretaker, err := RegisterCaretaker(ctx, "caretaker", CaretakerInputs{
			Organization: pulumi.String("acme"), Project: pulumi.String("tgt"), Stack: pulumi.String("dev"),
			Environment: pulumi.String("proj/sync"),
		})
		if err != nil {
			return err
		}
		run, err := RegisterSyncRun(ctx, "run", SyncRunInputs{
			Organization: pulumi.String("acme"), Project: pulumi.String("tgt"), Stack: pulumi.String("dev"),
			Triggers: pulumi.Map{"revision": pulumi.Int(2)}, Wait: pulumi.Bool(false), Timeout: pulumi.String("5m"),
			ShowLog: pulumi.Bool(true),
		}, pulumi.DependsOn([]pulumi.Resource{caretaker}))
		if err != nil {
			return err
		}
		ctx.Export("status", run.Status)
		return nil
	}, pulumi.WithMocks("shop", "dev", mocks))
	require.NoError(t, err)

	run, caretaker := mocks.all[SyncRunToken], mocks.all[CaretakerToken]
	for _, args := range []pulumi.MockResourceArgs{run, caretaker} {
		assert.Equal(t, version.Version, args.RegisterRPC.Version)
		assert.Equal(t, version.PluginDownloadURL, args.RegisterRPC.PluginDownloadURL)
	}
	assert.Equal(t, "dev", run.Inputs["stack"].StringValue())
	assert.False(t, run.Inputs["wait"].BoolValue())
	assert.Len(t, run.RegisterRPC.Dependencies, 1)
	assert.Equal(t, "proj/sync", caretaker.Inputs["environment"].StringValue())
}
