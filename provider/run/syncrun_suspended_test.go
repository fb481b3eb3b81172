package run

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A change while suspended starts no run and is no change; the end of the pause is one.
func TestSyncRunSuspended(t *testing.T) {
	t.Parallel()
	b := newBench(t, nil)
	in := func(trigger float64, suspended bool) property.Map {
		return inputs(triggers(trigger)).Set("suspended", property.New(suspended))
	}
	created, err := b.create(in(1, true))
	require.NoError(t, err)
	assert.Equal(t, "none", created.Properties.Get("status").AsString())
	for name, c := range map[string]struct {
		old, in property.Map
		changes bool
	}{
		"a trigger": {in(1, true), in(2, true), false},
		"the end":   {in(2, true), in(2, false), true},
	} {
		diff, err := b.Diff(p.DiffRequest{
			ID: created.ID, Urn: syncRunURN, State: created.Properties, OldInputs: c.old, Inputs: c.in,
		})
		require.NoError(t, err)
		assert.Equal(t, c.changes, diff.HasChanges, name)
	}
}
