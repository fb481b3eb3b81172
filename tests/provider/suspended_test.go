package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run"
)

// A suspended sync starts no run. Everything that it has on Pulumi Cloud stays, except for its schedules.
func TestEscSyncSuspended(t *testing.T) {
	t.Parallel()
	register := func(suspended bool) constructed {
		r := construct(t, escSync(patternInputs(props{
			"suspended":     property.New(suspended),
			"driftSchedule": obj(props{"schedule": str("0 3 * * *")}),
		})))
		require.NoError(t, r.err)
		return r
	}
	types := func(r constructed) []string {
		var types []string
		for _, c := range r.children() {
			types = append(types, c.Type)
		}
		return types
	}
	active, suspended := register(false), register(true)
	assert.ElementsMatch(t, types(active), append(types(suspended), scheduleType, "pulumiservice:index:DriftSchedule"))
	assert.True(t, suspended.child(t, webhookType).Inputs.Equals(
		active.child(t, webhookType).Inputs.Set("active", property.New(false))), "the webhook")
	assert.True(t, suspended.child(t, run.SyncRunToken).Inputs.Equals(
		active.child(t, run.SyncRunToken).Inputs.Set("suspended", property.New(true))), "the run")
	assert.Empty(t, suspended.response.State.Get("scheduleId").AsString())
	assert.Equal(t, "hook-name", suspended.response.State.Get("webhookName").AsString())
}
