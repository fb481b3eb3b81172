package run

import (
	"testing"
	"testing/synctest"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

// pausedInputs returns inputs with one trigger.
func pausedInputs(trigger float64, suspended bool) property.Map {
	return inputs(triggers(trigger)).Set("suspended", property.New(suspended))
}

// apply acts like the engine on `pulumi up`: it updates if Diff reports a change. It returns the new state and whether
// there was a change.
func (b bench) apply(t *testing.T, state, before, after property.Map) (property.Map, bool) {
	t.Helper()
	diff, err := b.Diff(p.DiffRequest{
		ID: "acme/tgt/dev", Urn: syncRunURN, State: state, OldInputs: before, Inputs: after,
	})
	require.NoError(t, err)
	if !diff.HasChanges {
		return state, false
	}
	updated, err := b.update(state, before, after)
	require.NoError(t, err)
	return updated.Properties, true
}

// No run starts while suspended. When the suspension ends, one starts if a trigger differs from that of the last run.
func TestSyncRunSuspended(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		// triggers are those of the updates while suspended. The last one ends the suspension.
		triggers []float64
		posts    int
	}{
		"unchanged":            {[]float64{1}, 1},
		"changed":              {[]float64{1, 2, 3}, 2},
		"changed at once":      {[]float64{2}, 2},
		"changed and reverted": {[]float64{2, 1}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				in := pausedInputs(1, false)
				created, err := b.create(in)
				require.NoError(t, err)
				state := created.Properties
				for i, trigger := range test.triggers {
					next := pausedInputs(trigger, true)
					var changed bool
					state, changed = b.apply(t, state, in, next)
					assert.Equal(t, i == 0, changed, "only the beginning of the pause is a change")
					assert.True(t, created.Properties.Get("deploymentId").Equals(state.Get("deploymentId")))
					in = next
				}
				assert.Equal(t, 1, b.Posts(), "while suspended")

				resumed := in.Set("suspended", property.New(false))
				state, changed := b.apply(t, state, in, resumed)
				assert.True(t, changed, "the end of the pause")
				assert.Equal(t, "succeeded", state.Get("status").AsString())
				assert.Equal(t, test.posts, b.Posts(), "after the pause")
				_, changed = b.apply(t, state, resumed, resumed)
				assert.False(t, changed, "the next update")
			})
		})
	}
}

// A SyncRun that is created suspended starts its first run when the suspension ends.
func TestSyncRunBeginsSuspended(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		in := pausedInputs(1, true)
		created, err := b.create(in)
		require.NoError(t, err)
		assert.Equal(t, "none", created.Properties.Get("status").AsString())
		_, changed := b.apply(t, created.Properties, in, in)
		assert.False(t, changed)
		assert.Zero(t, b.Posts())
		b.apply(t, created.Properties, in, pausedInputs(1, false))
		assert.Equal(t, 1, b.Posts())
	})
}

// A preview knows that no run starts when the suspension begins, and that one may start when it ends.
func TestSyncRunPreviewsThePause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		for _, suspended := range []bool{true, false} {
			in := pausedInputs(1, suspended)
			before := pausedInputs(1, !suspended)
			made, err := b.create(before)
			require.NoError(t, err)
			updated, err := b.Update(p.UpdateRequest{
				ID: made.ID, Urn: syncRunURN, State: made.Properties, OldInputs: before, Inputs: in, DryRun: true,
			})
			require.NoError(t, err)
			assert.Equal(t, !suspended, updated.Properties.Get("status").IsComputed(), "%v", updated.Properties)
		}
	})
}

// A run that failed or whose end was not seen is followed up only after the suspension.
func TestSyncRunSuspendedAfterTheLastRun(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		run   deploymentstest.Run
		posts int
	}{
		"failed":  {deploymentstest.Run{Statuses: []string{"running", "failed"}}, 2},
		"pending": {deploymentstest.Run{Statuses: deploymentstest.Repeat("running", 1000, "succeeded")}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				b.Script(test.run)
				in := pausedInputs(1, false)
				created, err := b.create(in.Set("timeout", property.New("90s")))
				require.Error(t, err)
				suspended := pausedInputs(1, true)
				state, _ := b.apply(t, created.Properties, in, suspended)
				_, changed := b.apply(t, state, suspended, suspended)
				assert.False(t, changed, "while suspended")
				assert.Equal(t, 1, b.Posts(), "while suspended")
				state, _ = b.apply(t, state, suspended, in.Set("timeout", property.New("10h")))
				assert.Equal(t, "succeeded", state.Get("status").AsString())
				assert.Equal(t, test.posts, b.Posts())
			})
		})
	}
}
