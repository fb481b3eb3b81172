package run

import (
	"slices"
	"testing"
	"testing/synctest"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

const syncs, readers = deploymentstest.SyncsID, deploymentstest.ReadersID

var roleURN = resource.NewURN("dev", "shop", "", tokens.Type(RoleToken), "role")

// roleInputs are the inputs of a DeploymentRole: a role's id, and a digest of the settings.
func roleInputs(role any, settings string) property.Map {
	id, err := property.Any(role)
	if err != nil {
		panic(err)
	}
	return property.NewMap(map[string]property.Value{
		"organization": property.New("acme"), "project": property.New("tgt"), "stack": property.New("dev"),
		"roleId": id, "roleName": property.New("the role"), "settings": property.New(settings).WithSecret(true),
	})
}

// roleState is the state after a role was chosen for the settings "1".
func roleState(role string) property.Map {
	return roleInputs(role, "1").Set("pending", property.New(false))
}

func pending(state property.Map) property.Map { return state.Set("pending", property.New(true)) }

func renamed(state property.Map) property.Map { return state.Set("stack", property.New("old")) }

func TestTheRoleIsChosenAgain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		state, in property.Map
		live      string
		changes   []string
		// chosen is what the deployments run as after the update, if there is one.
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
					ID: "acme/tgt/dev", Urn: roleURN, State: test.state, OldInputs: test.state.Delete("pending"), Inputs: test.in,
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
						ID: "acme/tgt/dev", Urn: roleURN, State: test.state, OldInputs: test.state.Delete("pending"), Inputs: test.in,
					})
					require.NoError(t, err)
					assert.Equal(t, test.chosen, updated.Properties.Get("roleId").AsString())
					assert.False(t, updated.Properties.Get("pending").AsBool())
					assert.True(t, updated.Properties.Get("settings").Secret())
				}
				assert.Equal(t, test.chosen, b.Role())
			})
		})
	}
}

// At preview nothing is written, and a role that is not known yet is a change.
func TestTheRoleAtPreview(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		state, in := roleState(""), roleInputs(property.Computed, "1")
		diff, err := b.Diff(p.DiffRequest{ID: "acme/tgt/dev", Urn: roleURN, State: state, OldInputs: in, Inputs: in})
		require.NoError(t, err)
		assert.True(t, diff.HasChanges)
		in = roleInputs(syncs, "1")
		_, err = b.Update(p.UpdateRequest{
			ID: "acme/tgt/dev", Urn: roleURN, State: state, OldInputs: in, Inputs: in, DryRun: true,
		})
		require.NoError(t, err)
		_, err = b.Create(p.CreateRequest{Urn: roleURN, Properties: in, DryRun: true})
		require.NoError(t, err)
		assert.Empty(t, b.Role())
	})
}

// A role that could not be chosen is remembered, through a refresh too: the service does not show it any more.
func TestARoleThatCouldNotBeChosen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Fail("POST settings", deploymentstest.Status(403))
		created, err := b.Create(p.CreateRequest{Urn: roleURN, Properties: roleInputs(syncs, "1")})
		require.Error(t, err)
		require.NotNil(t, created.PartialState)
		assert.Contains(t, created.PartialState.Reasons[0], "making the deployments of acme/tgt/dev run as the role")
		assert.Contains(t, created.PartialState.Reasons[0], "the role is remembered, unless another is chosen")
		assert.True(t, created.Properties.Get("pending").AsBool())
		read, err := b.Read(p.ReadRequest{
			ID: "acme/tgt/dev", Urn: roleURN, Properties: created.Properties, Inputs: roleInputs(syncs, "1"),
		})
		require.NoError(t, err)
		updated, err := b.Update(p.UpdateRequest{
			ID: "acme/tgt/dev", Urn: roleURN, State: read.Properties, OldInputs: roleInputs(syncs, "1"),
			Inputs: roleInputs("", "1"),
		})
		require.NoError(t, err)
		assert.Equal(t, syncs, updated.Properties.Get("roleId").AsString())
		assert.Equal(t, syncs, b.Role())
	})
}

// A service that takes the settings without the role would leave runs without it.
func TestARoleThatTheServiceIgnores(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.IgnoreRoles()
		created, err := b.Create(p.CreateRequest{Urn: roleURN, Properties: roleInputs(syncs, "1")})
		require.Error(t, err)
		assert.Contains(t, created.PartialState.Reasons[0], "Pulumi Cloud took the settings, and not the role")
	})
}

func TestGetDeploymentRole(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		role    string
		live    string
		setUp   func(*deploymentstest.Cloud)
		id      string
		refused string
	}{
		"nothing is selected": {},
		"what is selected":    {live: syncs, id: syncs},
		"what is asked for":   {role: "readers", live: syncs, id: readers},
		"no settings":         {setUp: func(c *deploymentstest.Cloud) { c.Remove("settings") }},
		"no stack":            {setUp: (*deploymentstest.Cloud).RemoveStack},
		"no such role":        {role: "sink", refused: "The deployment settings were not written"},
		"no permission": {
			setUp:   func(c *deploymentstest.Cloud) { c.Fail("GET settings", deploymentstest.Status(403)) },
			refused: "reading the role of the deployments of acme/tgt/dev",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				b.SetRole(test.live)
				if test.setUp != nil {
					test.setUp(b.Cloud)
				}
				args := roleInputs("", "").Delete("roleId", "roleName", "settings")
				if test.role != "" {
					args = args.Set("role", property.New(test.role))
				}
				got, err := b.Invoke(p.InvokeRequest{Token: RoleFunctionToken, Args: args})
				if test.refused != "" {
					require.ErrorContains(t, err, test.refused)
					return
				}
				require.NoError(t, err)
				assert.Equal(t, test.id, got.Return.Get("roleId").AsString())
			})
		})
	}
}

// A preview goes on where the service does not tell, but not with a role that is asked for and is refused.
func TestGetDeploymentRoleAtPreview(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		role, call string
		status     int
		refused    bool
	}{
		"broken":                       {call: "GET settings", status: 503},
		"no permission":                {call: "GET settings", status: 403},
		"broken, and one is asked for": {role: "syncs", call: "GET roles", status: 503},
		"no permission for that":       {role: "syncs", call: "GET roles", status: 403, refused: true},
		"no such role":                 {role: "sink", call: "GET settings", status: 503, refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				for range 20 {
					b.Fail(test.call, deploymentstest.Status(test.status))
				}
				args := roleInputs("", "").Delete("roleId", "roleName", "settings").Set("preview", property.New(true))
				if test.role != "" {
					args = args.Set("role", property.New(test.role))
				}
				got, err := b.Invoke(p.InvokeRequest{Token: RoleFunctionToken, Args: args})
				if test.refused {
					require.ErrorContains(t, err, "deployment.role: ")
					return
				}
				require.NoError(t, err)
				assert.Equal(t, "true", got.Return.Get("unanswered").AsString())
			})
		})
	}
}
