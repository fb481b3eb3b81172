package run

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func planOf(secrets map[string]string) property.Value {
	fields := map[string]property.Value{}
	for name, digest := range secrets {
		fields[name] = property.New(digest).WithSecret(true)
	}
	return property.New(fields)
}

// A preview shows by name what a run will do, and what it will not.
func TestSyncRunShowsWhatIsPlanned(t *testing.T) {
	t.Parallel()
	before := planOf(map[string]string{"prod/a": "1", "prod/b": "2", `prod/"c"`: "3", "prod/d": "4"})
	after := planOf(map[string]string{"prod/a": "1", "prod/b": "x", "prod/new": "5"})
	c := plannedChanges(before, after)
	assert.Equal(t, map[string]p.PropertyDiff{
		`secrets["prod/b"]`:     {Kind: p.Update, InputDiff: true},
		`secrets["prod/new"]`:   {Kind: p.Add, InputDiff: true},
		`secrets["prod/\"c\""]`: {Kind: p.Delete, InputDiff: true},
		`secrets["prod/d"]`:     {Kind: p.Delete, InputDiff: true},
	}, c.diff())
	assert.Equal(t, "1 to add, 1 to change, 2 to remove, 1 unchanged", c.text(false))
	assert.Equal(t, "1 to add, 1 to change, 2 to stop managing (retained), 1 unchanged", c.text(true))
	assert.Empty(t, plannedChanges(before, before).text(false))
	assert.Empty(t, plannedChanges(before, property.Value{}).diff(), "the new program does not know its secrets")
	assert.Empty(t, plannedChanges(before, property.New(property.Computed)).diff())
	assert.Empty(t, plannedChanges(property.Value{}, after).diff(), "the old one did not, and all would look new")
	unknown := property.New(map[string]property.Value{"prod/a": property.New(property.Computed)})
	assert.Equal(t, []string{"prod/a"}, plannedChanges(planOf(map[string]string{"prod/a": "1"}), unknown).changed)
}

// A change of a secret is a reason for a run, as a trigger is.
func TestSyncRunStartsForASecret(t *testing.T) {
	t.Parallel()
	with := func(digest string) SyncRunArgs {
		return SyncRunArgs{Triggers: map[string]any{"a": 1.0}, Secrets: map[string]string{"prod/a": digest}}
	}
	assert.NotEqual(t, digest(with("1")), digest(with("2")))
	none := SyncRunArgs{Triggers: map[string]any{"a": 1.0}}
	require.NotEqual(t, digest(none), digest(with("1")))
}
