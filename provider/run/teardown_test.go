package run

import (
	"testing"
	"testing/synctest"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

var caretakerURN = resource.NewURN("dev", "shop", "", tokens.Type(CaretakerToken), "teardown")

func teardownOf() property.Map {
	return inputs(map[string]property.Value{"environment": property.New("proj/sync"), "timeout": property.New("10m")})
}

func (b bench) delete() error {
	return b.Delete(p.DeleteRequest{ID: "acme/tgt/dev", Urn: caretakerURN, Properties: teardownOf()})
}

func TestTeardownLifeCycle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.SetState(3, 5)
		integration.LifeCycleTest{
			Resource: tokens.Type(CaretakerToken),
			Create: integration.Operation{Inputs: inputs(nil), Hook: func(_, _ property.Map) {
				assert.Empty(t, b.Operations(), "create touches nothing")
			}},
			Updates: []integration.Operation{
				{
					Inputs: inputs(map[string]property.Value{"timeout": property.New("10m")}),
					Hook: func(_, out property.Map) {
						assert.Equal(t, "10m", out.Get("timeout").AsString())
						assert.Empty(t, b.Operations(), "update touches nothing")
					},
				},
			},
		}.Run(t, b)
		assert.Equal(t, []string{"destroy"}, b.Operations())
	})
}

func TestTeardownDelete(t *testing.T) {
	t.Parallel()
	running := deploymentstest.Run{Operation: "update", Initiator: "schedule", Statuses: []string{"running", "succeeded"}}
	cases := map[string]struct {
		setUp   func(*deploymentstest.Cloud)
		started int
		err     []string
	}{
		"a stack with resources": {started: 1},
		"no stack":               {setUp: (*deploymentstest.Cloud).RemoveStack},
		"never updated":          {setUp: func(c *deploymentstest.Cloud) { c.SetState(0, 0) }},
		"no resources":           {setUp: func(c *deploymentstest.Cloud) { c.SetState(9, 0) }},
		"no resources yet, but a run is under way": {
			setUp: func(c *deploymentstest.Cloud) { c.SetState(0, 0); c.Add(running) }, started: 1,
		},
		"settings gone":    {setUp: func(c *deploymentstest.Cloud) { c.Remove("settings") }},
		"environment gone": {setUp: func(c *deploymentstest.Cloud) { c.Remove("environment") }},
		"a destroy is queued already": {setUp: func(c *deploymentstest.Cloud) {
			c.Add(running)
			c.Add(
				deploymentstest.Run{
					Operation: "destroy",
					Initiator: "api",
					Statuses:  []string{"not-started", "running", "succeeded"},
				},
			)
		}},
		"a destroy is queued, but an update behind it": {setUp: func(c *deploymentstest.Cloud) {
			c.Add(deploymentstest.Run{Operation: "destroy", Initiator: "api", Statuses: []string{"not-started"}})
			c.Add(running)
		}, started: 1},
		"the answer is lost": {
			setUp: func(c *deploymentstest.Cloud) { c.Fail("POST deployments", deploymentstest.Cut()) }, started: 1,
		},
		"the destroy fails": {
			setUp: func(c *deploymentstest.Cloud) {
				c.Script(deploymentstest.Run{Statuses: []string{"running", "failed"}, Step: "pulumi destroy"})
			}, started: 1,
			err: []string{
				`deployment 1 failed in step "pulumi destroy". See https://console.example.com/1 . ` +
					`Fix its cause and delete again`,
				"Nothing that the teardown depends on was deleted",
				"declare the sync with the deletionPolicy Retain, run `pulumi up --target '**-caretaker'`",
			},
		},
		"the destroy does not end": {
			setUp:   func(c *deploymentstest.Cloud) { c.Script(deploymentstest.Run{Statuses: []string{"running"}}) },
			started: 1,
			err: []string{
				"is running after 10m0s",
				"deleting again follows it",
				"Nothing that the teardown depends on was deleted",
			},
		},
		"paused": {
			setUp: func(c *deploymentstest.Cloud) { c.SetPaused(true) },
			err:   []string{"deployments are paused for the stack or the organization: resume them, and delete again"},
		},
		"the cloud is away": {
			setUp: func(c *deploymentstest.Cloud) {
				for range 8 {
					c.Fail("GET export", deploymentstest.Status(500))
				}
			},
			err: []string{"given up after 8 attempts"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				b.SetState(3, 5)
				if c.setUp != nil {
					c.setUp(b.Cloud)
				}
				err := b.delete()
				assert.Equal(t, c.started, b.Posts())
				if c.err == nil {
					require.NoError(t, err)
					return
				}
				for _, text := range c.err {
					require.ErrorContains(t, err, text)
				}
				assert.LessOrEqual(t, b.Elapsed(), 10*time.Minute)
			})
		})
	}
}

func TestTeardownInsideDeploymentsDoesNotWaitForItsOwnSlot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, map[string]string{"PULUMI_CI_SYSTEM": "Pulumi Deployments"})
		b.SetState(3, 5)
		b.Script(deploymentstest.Run{Statuses: deploymentstest.Repeat("not-started", 2000, "succeeded")})
		err := b.delete()
		require.ErrorContains(t, err, "has not started after 5m")
		require.ErrorContains(t, err, "deleting again follows it")
		assert.Less(t, b.Elapsed(), 6*time.Minute)
	})
}

// The next deletion continues an interrupted one.
func TestTeardownFollowsItsOwnDestroy(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.SetState(3, 5)
		b.Script(deploymentstest.Run{Statuses: deploymentstest.Repeat("running", 5, "succeeded")})
		time.AfterFunc(2*time.Second-time.Millisecond, func() { require.NoError(t, b.Cancel()) })
		require.ErrorContains(t, b.delete(), "context canceled")
		assert.Equal(t, 1, b.Posts())

		again := bench{b.Cloud, serverFor(t, b.Cloud, nil)}
		require.NoError(t, again.delete())
		assert.Equal(t, 1, b.Posts(), "a second destroy was started")
	})
}

// A renamed stack is not destroyed, because the new one adopts what it pushed.
func TestTeardownReleasesAnOldStack(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		setUp    func(*deploymentstest.Cloud)
		released bool
	}{
		"a stack with resources": {func(c *deploymentstest.Cloud) { c.SetState(3, 5) }, true},
		"never updated":          {func(c *deploymentstest.Cloud) { c.SetState(0, 0) }, false},
		"no resources":           {func(c *deploymentstest.Cloud) { c.SetState(9, 0) }, false},
		"no stack":               {(*deploymentstest.Cloud).RemoveStack, false},
		"a run is under way": {func(c *deploymentstest.Cloud) {
			c.SetState(3, 5)
			c.Add(deploymentstest.Run{
				Operation: "update", Initiator: "schedule",
				Statuses: deploymentstest.Repeat("running", 3, "succeeded"),
			})
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				test.setUp(b.Cloud)
				renamed := teardownOf().Set("stack", property.New("prod"))
				got, err := b.Diff(p.DiffRequest{
					ID: "acme/tgt/dev", Urn: caretakerURN, State: teardownOf(), OldInputs: teardownOf(), Inputs: renamed,
				})
				require.NoError(t, err)
				assert.Equal(t, p.Update, got.DetailedDiff["stack"].Kind)
				update := p.UpdateRequest{
					ID: "acme/tgt/dev", Urn: caretakerURN, State: teardownOf(), OldInputs: teardownOf(), Inputs: renamed, DryRun: true,
				}
				_, err = b.Update(update)
				require.NoError(t, err)
				assert.Zero(t, b.Count("POST import"), "a preview touches nothing")
				update.DryRun = false
				_, err = b.Update(update)
				require.NoError(t, err)
				assert.Equal(t, test.released, b.Count("POST import") == 1)
				assert.NotContains(t, b.Operations(), "destroy")
			})
		})
	}
}

func TestTeardownCheckAndImport(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		got, err := b.Check(p.CheckRequest{Urn: caretakerURN, Inputs: inputs(map[string]property.Value{
			"environment": property.New("sync"), "timeout": property.New("soon"),
		})})
		require.NoError(t, err)
		require.Len(t, got.Failures, 2)
		assert.Equal(t, `must be project/name`, got.Failures[0].Reason)
		assert.Equal(t, "timeout", got.Failures[1].Property)

		read, err := b.Read(p.ReadRequest{ID: "acme/tgt/dev", Urn: caretakerURN})
		require.NoError(t, err)
		assert.Equal(t, "tgt", read.Inputs.Get("project").AsString())
		assert.Equal(t, "1h", read.Properties.Get("timeout").AsString())
	})
}
