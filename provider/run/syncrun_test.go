package run

import (
	"context"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/run/credentials"
	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
	"github.com/escsync/pulumi-escsync/provider/version"
)

var syncRunURN = resource.NewURN("dev", "shop", "", tokens.Type(SyncRunToken), "run")

// bench is a provider of the custom resources only, with a scripted cloud. Create it in a synctest bubble.
type bench struct {
	*deploymentstest.Cloud
	integration.Server
}

func newBench(t *testing.T, env map[string]string) bench {
	t.Helper()
	fake := deploymentstest.Start(t)
	return bench{fake, serverFor(t, fake, env)}
}

// serverFor returns a provider that calls the cloud, as one `pulumi` command starts it.
func serverFor(t *testing.T, fake *deploymentstest.Cloud, env map[string]string) integration.Server {
	t.Helper()
	server := unconfigured(t, fake, env)
	require.NoError(t, server.Configure(p.ConfigureRequest{Args: property.NewMap(map[string]property.Value{
		"apiUrl": property.New(fake.URL), "accessToken": property.New(deploymentstest.Token).WithSecret(true),
	})}))
	return server
}

func unconfigured(t *testing.T, fake *deploymentstest.Cloud, env map[string]string) integration.Server {
	t.Helper()
	getenv := func(name string) string { return env[name] }
	prov, err := infer.NewProviderBuilder().
		WithResources(resources(cloud{
			resolver: credentials.Resolver{Getenv: getenv}, transport: fake.Transport, getenv: getenv,
		}, hints.For(platform.All))...).
		WithFunctions(functions(cloud{
			resolver: credentials.Resolver{Getenv: getenv}, transport: fake.Transport, getenv: getenv,
		})...).
		WithConfig(infer.Config(Config{})).
		WithModuleMap(map[tokens.ModuleName]tokens.ModuleName{"run": "index"}).
		Build()
	require.NoError(t, err)
	server, err := integration.NewServer(
		context.Background(),
		version.Name,
		semver.MustParse(version.Version),
		integration.WithProvider(prov),
	)
	require.NoError(t, err)
	return server
}

func inputs(more map[string]property.Value) property.Map {
	all := map[string]property.Value{
		"organization": property.New("acme"), "project": property.New("tgt"), "stack": property.New("dev"),
		"timeout": property.New("30m"),
	}
	maps.Copy(all, more)
	return property.NewMap(all)
}

func triggers(revision any) map[string]property.Value {
	value, err := property.Any(revision)
	if err != nil {
		panic(err)
	}
	return map[string]property.Value{"triggers": property.New(map[string]property.Value{"revision": value})}
}

// create calls Create of SyncRun.
func (b bench) create(in property.Map) (p.CreateResponse, error) {
	return b.Create(p.CreateRequest{Urn: syncRunURN, Properties: in})
}

func (b bench) update(old property.Map, oldIn, in property.Map) (p.UpdateResponse, error) {
	return b.Update(p.UpdateRequest{ID: "acme/tgt/dev", Urn: syncRunURN, State: old, Inputs: in, OldInputs: oldIn})
}

func TestSyncRunLifeCycle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		integration.LifeCycleTest{
			Resource: tokens.Type(SyncRunToken),
			Create: integration.Operation{
				Inputs: inputs(triggers(1.0)),
				Hook: func(_, out property.Map) {
					assert.Equal(t, "succeeded", out.Get("status").AsString())
					assert.InDelta(t, 1, out.Get("version").AsNumber(), 0)
					assert.True(t, out.Get("triggersDigest").Secret(), "the digest is a secret")
				},
			},
			Updates: []integration.Operation{
				{Inputs: inputs(triggers(2.0)), Hook: func(_, out property.Map) {
					assert.InDelta(t, 2, out.Get("version").AsNumber(), 0)
				}},
			},
		}.Run(t, b)
		assert.Equal(t, 2, b.Posts())
	})
}

func TestSyncRunFailureIsRemembered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Script(deploymentstest.Run{Statuses: []string{"not-started", "running", "failed"}, Step: "pulumi update"})
		in := inputs(triggers(1.0))
		created, err := b.create(in)
		require.Error(t, err)
		require.NotNil(t, created.PartialState)
		require.Len(t, created.PartialState.Reasons, 1)
		assert.Equal(t, `deployment 1 (update) of acme/tgt/dev failed in step "pulumi update". `+
			"See https://console.example.com/1 . The next `pulumi up` starts another", created.PartialState.Reasons[0])
		assert.False(t, created.Properties.Get("pending").AsBool())

		updated, err := b.update(created.Properties, in, in)
		require.NoError(t, err)
		assert.Equal(t, "succeeded", updated.Properties.Get("status").AsString())
		assert.Equal(t, 2, b.Posts())
	})
}

func TestSyncRunFollowsTheRunThatOutlivedTheTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Script(deploymentstest.Run{Statuses: deploymentstest.Repeat("running", 100, "succeeded")})
		in := inputs(map[string]property.Value{"timeout": property.New("90s")})
		created, err := b.create(in)
		require.Error(t, err)
		require.NotNil(t, created.PartialState)
		assert.Contains(t, created.PartialState.Reasons[0], "is running after 1m30s")
		assert.Contains(t, created.PartialState.Reasons[0], "follows it and starts no second one")
		assert.True(t, created.Properties.Get("pending").AsBool())

		again := inputs(map[string]property.Value{"timeout": property.New("30m")})
		updated, err := b.update(created.Properties, in, again)
		require.NoError(t, err)
		assert.Equal(t, "succeeded", updated.Properties.Get("status").AsString())
		assert.False(t, updated.Properties.Get("pending").AsBool())
		assert.Equal(t, created.Properties.Get("deploymentId"), updated.Properties.Get("deploymentId"))
		assert.Equal(t, 1, b.Posts())
	})
}

func TestSyncRunInterruptedIsRemembered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Script(deploymentstest.Run{Statuses: deploymentstest.Repeat("running", 3, "succeeded")})
		time.AfterFunc(2*time.Second-time.Millisecond, func() { require.NoError(t, b.Cancel()) })
		in := inputs(triggers(1.0))
		created, err := b.create(in)
		require.Error(t, err)
		require.NotNil(t, created.PartialState)
		assert.Contains(t, created.PartialState.Reasons[0], "context canceled")
		assert.True(t, created.Properties.Get("pending").AsBool())
		assert.Equal(t, "id-1", created.Properties.Get("deploymentId").AsString())
		assert.Equal(t, 1, b.Posts())
	})
}

// A killed `pulumi up` saves no state, but leaves a run behind.
func TestSyncRunFindsTheRunOfAKilledUpdate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, map[string]string{})
		b.Script(deploymentstest.Run{Statuses: deploymentstest.Repeat("running", 5, "succeeded")})
		off := map[string]property.Value{"wait": property.New(false)}
		maps.Copy(off, triggers(1.0))
		_, err := b.create(inputs(off)) // like a killed one, it leaves only its run behind
		require.NoError(t, err)
		created, err := b.create(inputs(triggers(1.0)))
		require.NoError(t, err)
		assert.Equal(t, "id-1", created.Properties.Get("deploymentId").AsString())
		assert.Equal(t, 1, b.Posts())
		// A run for other triggers cannot be adopted.
		b.Script(deploymentstest.Run{Statuses: deploymentstest.Repeat("running", 50, "succeeded")})
		_, err = b.create(inputs(off))
		require.NoError(t, err)
		_, err = b.create(inputs(triggers(2.0)))
		require.NoError(t, err)
		assert.Equal(t, 3, b.Posts())
	})
}

func TestSyncRunDoesNotWaitInsideDeployments(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, map[string]string{"PULUMI_CI_SYSTEM": "Pulumi Deployments"})
		b.Script(deploymentstest.Run{Statuses: []string{"not-started"}})
		created, err := b.create(inputs(nil))
		require.NoError(t, err)
		assert.Equal(t, "not-started", created.Properties.Get("status").AsString())
		assert.False(t, created.Properties.Get("pending").AsBool())

		diff, err := b.Diff(p.DiffRequest{
			ID: created.ID, Urn: syncRunURN, State: created.Properties, OldInputs: inputs(nil), Inputs: inputs(nil),
		})
		require.NoError(t, err)
		assert.False(t, diff.HasChanges, "a run that was not to be awaited is none of the next update's business")
	})
}

// Even with wait: true it does not wait for the slot that its own caller may occupy.
func TestSyncRunLeavesAQueuedRunInsideDeployments(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, map[string]string{"PULUMI_CI_SYSTEM": "Pulumi Deployments"})
		b.Script(deploymentstest.Run{Statuses: deploymentstest.Repeat("not-started", 120, "succeeded")})
		in := inputs(map[string]property.Value{"wait": property.New(true)})
		created, err := b.create(in)
		require.NoError(t, err)
		assert.Empty(t, created.PartialState)
		assert.Equal(t, "not-started", created.Properties.Get("status").AsString())
		assert.True(t, created.Properties.Get("pending").AsBool())
		assert.Less(t, b.Elapsed(), 6*time.Minute)

		updated, err := b.update(created.Properties, in, in)
		require.NoError(t, err)
		assert.Equal(t, "succeeded", updated.Properties.Get("status").AsString())
		assert.False(t, updated.Properties.Get("pending").AsBool())
		assert.Equal(t, 1, b.Posts())
	})
}

func TestSyncRunTimeInQueueIsBoundedWhilePaused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.SetPaused(true)
		b.Script(deploymentstest.Run{Statuses: deploymentstest.Repeat("not-started", 2000, "succeeded")})
		created, err := b.create(inputs(nil))
		require.Error(t, err)
		assert.Contains(t, created.PartialState.Reasons[0], "deployments are paused")
		assert.True(t, created.Properties.Get("pending").AsBool())
		assert.Less(t, b.Elapsed(), time.Minute)
	})
}

func TestSyncRunPreviewStartsNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		created, err := b.Create(p.CreateRequest{Urn: syncRunURN, Properties: inputs(nil), DryRun: true})
		require.NoError(t, err)
		assert.True(t, created.Properties.Get("deploymentId").IsComputed())
		assert.True(t, created.Properties.Get("status").IsComputed())

		old, err := b.create(inputs(triggers(1.0)))
		require.NoError(t, err)
		updated, err := b.Update(p.UpdateRequest{
			ID: old.ID, Urn: syncRunURN, State: old.Properties, OldInputs: inputs(triggers(1.0)),
			Inputs: inputs(map[string]property.Value{"triggers": property.New(map[string]property.Value{
				"revision": property.New(property.Computed),
			})}), DryRun: true,
		})
		require.NoError(t, err)
		assert.True(t, updated.Properties.Get("deploymentId").IsComputed(), "%v", updated.Properties)
		assert.True(t, updated.Properties.Get("triggersDigest").Secret())
		assert.Equal(t, "dev", updated.Properties.Get("stack").AsString())
		assert.Equal(t, 1, b.Posts())
	})
}

func TestSyncRunRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, map[string]string{})
		b.Script(deploymentstest.Run{Statuses: []string{"running", "succeeded"}, Changes: map[string]int{"create": 2}})
		in := inputs(map[string]property.Value{"wait": property.New(false)})
		created, err := b.create(in)
		require.NoError(t, err)
		read := func(id string, state, in property.Map) p.ReadResponse {
			response, err := b.Read(p.ReadRequest{ID: id, Urn: syncRunURN, Properties: state, Inputs: in})
			require.NoError(t, err)
			return response
		}
		first := read(created.ID, created.Properties, in)
		second := read(created.ID, first.Properties, in)
		assert.Equal(t, "succeeded", second.Properties.Get("status").AsString())
		assert.InDelta(t, 2, second.Properties.Get("resourceChanges").AsMap().Get("create").AsNumber(), 0)

		imported := read("acme/tgt/dev", property.Map{}, property.Map{})
		assert.Equal(t, "id-1", imported.Properties.Get("deploymentId").AsString())
		assert.Equal(t, "tgt", imported.Inputs.Get("project").AsString())

		_, err = b.Read(p.ReadRequest{ID: "dev", Urn: syncRunURN})
		require.ErrorContains(t, err, "organization/project/stack")

		b.RemoveStack()
		assert.Empty(t, read(created.ID, created.Properties, in).ID, "gone with its stack")
		assert.Equal(t, 1, b.Posts())
	})
}

func TestSyncRunCheck(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		got, err := b.Check(p.CheckRequest{Urn: syncRunURN, Inputs: property.NewMap(map[string]property.Value{
			"organization": property.New("hunter2/b").WithSecret(true), "project": property.New(""),
			"stack":   property.New(property.Computed),
			"timeout": property.New("hunter2").WithSecret(true),
		})})
		require.NoError(t, err)
		var found []string
		for _, f := range got.Failures {
			found = append(found, f.Property+": "+f.Reason)
		}
		assert.Equal(t, []string{
			`organization: must be a name without slashes or spaces`,
			`project: must be a name without slashes or spaces`,
			`timeout: must be a duration such as 90s or 1h30m`,
		}, found)

		got, err = b.Check(p.CheckRequest{Urn: syncRunURN, Inputs: inputs(nil).Delete("timeout")})
		require.NoError(t, err)
		assert.Empty(t, got.Failures)
		assert.Equal(t, defaultRunTimeout, got.Inputs.Get("timeout").AsString())
	})
}
