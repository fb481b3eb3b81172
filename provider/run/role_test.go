package run

import (
	"slices"
	"testing"
	"testing/synctest"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

const syncs, readers = deploymentstest.SyncsID, deploymentstest.ReadersID

// roleInputs returns the inputs of a Caretaker with the ID of a role and a digest of the settings.
func roleInputs(role any, settings string) property.Map {
	id, err := property.Any(role)
	if err != nil {
		panic(err)
	}
	return property.NewMap(map[string]property.Value{
		"organization": property.New("acme"), "project": property.New("tgt"), "stack": property.New("dev"),
		"timeout": property.New("1h"), "retain": property.New(true),
		"roleId": id, "roleName": property.New("the role"), "settings": property.New(settings).WithSecret(true),
	})
}

// roleState returns the state after the role was set for the settings "1".
func roleState(role string) property.Map {
	return roleInputs(role, "1").Set("pending", property.New(false))
}

func pending(state property.Map) property.Map { return state.Set("pending", property.New(true)) }

func withToken(in property.Map) property.Map { return in.Set("hasToken", property.New(true)) }

func renamed(state property.Map) property.Map { return state.Set("stack", property.New("old")) }

func TestTheRoleIsChosenAgain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		state, in property.Map
		live      string
		changes   []string
		// chosen is the role of the deployments after the update, if there is an update.
		chosen string
	}{
		"nothing is selected":         {roleState(""), roleInputs("", "1"), "", nil, ""},
		"nothing, and other settings": {roleState(""), roleInputs("", "2"), "", nil, ""},
		"all is as it was":            {roleState(syncs), roleInputs(syncs, "1"), syncs, nil, syncs},
		"other settings":              {roleState(syncs), roleInputs(syncs, "2"), "", []string{"settings"}, syncs},
		"written, and the same":       {roleState(syncs), roleInputs(syncs, "1"), "", []string{"roleId"}, syncs},
		"another role":                {roleState(syncs), roleInputs(readers, "1"), syncs, []string{"roleId"}, readers},
		"another in between":          {roleState(syncs), roleInputs(syncs, "1"), readers, []string{"roleId"}, syncs},
		"a first one": {
			roleState(""), roleInputs(syncs, "2"), syncs, []string{"roleId", "settings"}, syncs,
		},
		"somebody took it away, and other settings": {
			roleState(syncs), roleInputs("", "2"), "", []string{"roleId", "settings"}, "",
		},
		"a token replaces it": {
			roleState(syncs), withToken(roleInputs("", "2")), "", []string{"hasToken", "roleId", "settings"}, "",
		},
		"a token, and it failed the last time": {
			pending(roleState(syncs)), withToken(roleInputs("", "1")), "", []string{"hasToken", "pending"}, "",
		},
		"it failed the last time": {pending(roleState(syncs)), roleInputs("", "1"), "", []string{"pending"}, syncs},
		"the stack was renamed":   {renamed(roleState(syncs)), roleInputs("", "1"), "", []string{"stack"}, syncs},
		"it moved to another organization": {
			roleState(syncs).Set("organization", property.New("other")), roleInputs("", "1"), "",
			[]string{"organization"}, "",
		},
		"renamed, and the new one has it": {
			renamed(roleState(syncs)), roleInputs(readers, "1"), readers, []string{"roleId", "stack"}, readers,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				b.SetRole(test.live)
				diff, err := b.Diff(p.DiffRequest{
					ID: "acme/tgt/dev", Urn: caretakerURN, State: test.state, OldInputs: test.state.Delete("pending"), Inputs: test.in,
				})
				require.NoError(t, err)
				assert.Equal(t, len(test.changes) > 0, diff.HasChanges)
				var changes []string
				for path, change := range diff.DetailedDiff {
					changes = append(changes, path)
					assert.Equal(t, p.Update, change.Kind, "nothing replaces it")
				}
				slices.Sort(changes)
				assert.Equal(t, test.changes, changes)
				if diff.HasChanges {
					updated, err := b.Update(p.UpdateRequest{
						ID: "acme/tgt/dev", Urn: caretakerURN, State: test.state, OldInputs: test.state.Delete("pending"),
						Inputs: test.in,
					})
					require.NoError(t, err)
					assert.Equal(t, test.chosen, updated.Properties.Get("roleId").AsString())
					assert.False(t, isTrue(updated.Properties.Get("pending")))
					assert.True(t, updated.Properties.Get("settings").Secret())
				}
				assert.Equal(t, test.chosen, b.Role())
			})
		})
	}
}

// A preview writes nothing, and shows an unknown role as a change.
func TestTheRoleAtPreview(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		state, in := roleState(""), roleInputs(property.Computed, "1")
		diff, err := b.Diff(p.DiffRequest{ID: "acme/tgt/dev", Urn: caretakerURN, State: state, OldInputs: in, Inputs: in})
		require.NoError(t, err)
		assert.True(t, diff.HasChanges)
		in = roleInputs(syncs, "1")
		_, err = b.Update(p.UpdateRequest{
			ID: "acme/tgt/dev", Urn: caretakerURN, State: state, OldInputs: in, Inputs: in, DryRun: true,
		})
		require.NoError(t, err)
		_, err = b.Create(p.CreateRequest{Urn: caretakerURN, Properties: in, DryRun: true})
		require.NoError(t, err)
		assert.Empty(t, b.Role())
	})
}

// The state keeps a role that could not be set, even through a refresh, because the service does not show it any more.
func TestARoleThatCouldNotBeChosen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Fail("POST settings", deploymentstest.Status(403))
		created, err := b.Create(p.CreateRequest{Urn: caretakerURN, Properties: roleInputs(syncs, "1")})
		require.Error(t, err)
		require.NotNil(t, created.PartialState)
		assert.Contains(t, created.PartialState.Reasons[0], "making the deployments of acme/tgt/dev run as the role")
		assert.Contains(t, created.PartialState.Reasons[0], "the role is remembered, unless another is chosen")
		assert.True(t, created.Properties.Get("pending").AsBool())
		read, err := b.Read(p.ReadRequest{
			ID: "acme/tgt/dev", Urn: caretakerURN, Properties: created.Properties, Inputs: roleInputs(syncs, "1"),
		})
		require.NoError(t, err)
		updated, err := b.Update(p.UpdateRequest{
			ID: "acme/tgt/dev", Urn: caretakerURN, State: read.Properties, OldInputs: roleInputs(syncs, "1"),
			Inputs: roleInputs("", "1"),
		})
		require.NoError(t, err)
		assert.Equal(t, syncs, updated.Properties.Get("roleId").AsString())
		assert.Equal(t, syncs, b.Role())
	})
}

// If the service accepts the settings but ignores the role, runs would go on without it.
func TestARoleThatTheServiceIgnores(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.IgnoreRoles()
		created, err := b.Create(p.CreateRequest{Urn: caretakerURN, Properties: roleInputs(syncs, "1")})
		require.Error(t, err)
		assert.Contains(t, created.PartialState.Reasons[0], "Pulumi Cloud accepted the settings but ignored the role")
	})
}
