package target_test

import (
	"testing"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
	"github.com/escsync/pulumi-escsync/provider/version"
)

type object = targettest.Object

var outputs = targettest.Outputs

func inventoryServer(t *testing.T) (integration.Server, presource.URN) {
	t.Helper()
	server, err := integration.NewServer(t.Context(), version.Name, semver.MustParse(version.Version),
		integration.WithProvider(targettest.Provider(t, nil)))
	require.NoError(t, err)
	return server, presource.NewURN("dev", "shop", "", target.InventoryToken, "sync")
}

func TestInventoryLifecycle(t *testing.T) {
	t.Parallel()
	server, urn := inventoryServer(t)
	inputs := func(adoptionPolicy, deletions string, secrets, found object) property.Map {
		return outputs(object{
			"secrets": secrets, "found": found, "adoptionPolicy": adoptionPolicy, "maxDeletions": deletions,
		})
	}
	first := inputs("Owned", "", object{"p/a": "", "p/b": "", "p/c": "", "p/d": ""}, object{})
	check := func(old, news property.Map) []p.CheckFailure {
		response, err := server.Check(p.CheckRequest{Urn: urn, State: old, Inputs: news})
		require.NoError(t, err)
		return response.Failures
	}
	require.Empty(t, check(property.Map{}, first))
	created, err := server.Create(p.CreateRequest{Urn: urn, Properties: first})
	require.NoError(t, err)
	read, err := server.Read(p.ReadRequest{ID: created.ID, Urn: urn, Properties: created.Properties, Inputs: first})
	require.NoError(t, err)
	assert.Equal(t, created.Properties, read.Properties)

	diff := func(news property.Map) p.DiffResponse {
		response, err := server.Diff(p.DiffRequest{
			ID: created.ID, Urn: urn, State: created.Properties, OldInputs: first, Inputs: news,
		})
		require.NoError(t, err)
		return response
	}
	again := inputs("All", "3", object{"p/a": "", "p/b": "", "p/c": "", "p/d": ""}, object{"p/a": "owned"})
	assert.False(t, diff(again).HasChanges, "what a run finds and allows is no change of the list")
	more := inputs("Owned", "", object{"p/a": "", "p/b": "", "p/c": "", "p/d": "", "p/e": ""}, object{})
	changed := diff(more)
	assert.True(t, changed.HasChanges)
	assert.Equal(t, p.Update, changed.DetailedDiff["secrets"].Kind, "an update: a replacement would run without the "+
		"old list")

	fewer := check(first, inputs("Owned", "", object{"p/a": ""}, object{}))
	require.Len(t, fewer, 1)
	assert.Empty(t, fewer[0].Property, "the engine would print the whole list")
	assert.Contains(t, fewer[0].Reason, "remove 3 of 4 secrets, as maxDeletions allows 2")
	assert.Empty(t, check(first, inputs("Owned", "3", object{"p/a": ""}, object{})))

	taken := check(first, inputs("Owned", "", object{"p/a": "", "p/b": "", "p/c": "", "p/d": "", "p/x": ""},
		object{"p/a": "notOwned", "p/x": "notOwned"}))
	require.Len(t, taken, 1)
	assert.Contains(t, taken[0].Reason, "p/x exists on the platform and does not belong to this sync")
	assert.NotContains(t, taken[0].Reason, "p/a", "what is in the list was judged when it came in")

	here := outputs(object{"secrets": object{"p/a": ""}, "account": "Vault at a"})
	there := outputs(object{"secrets": object{"p/a": ""}, "account": "Vault at b"})
	moved := check(here, there)
	require.Len(t, moved, 1)
	assert.Contains(t, moved[0].Reason, "has pushed to Vault at a until now")
	kept, err := server.Check(p.CheckRequest{Urn: urn, State: here, Inputs: outputs(object{"secrets": object{"p/a": ""}})})
	require.NoError(t, err)
	assert.Equal(t, "Vault at a", kept.Inputs.Get("account").AsString(), "a run that cannot tell makes it forgotten")
	assert.True(t, diff(first.Set("account", property.New("Vault at a"))).HasChanges, "it must be remembered")

	kind := func(kind string) property.Map { return first.Set("kind", property.New(kind)) }
	another := check(kind("text"), kind("object"))
	require.Len(t, another, 1)
	assert.Contains(t, another[0].Reason, "the value was a text and is now an object or a list")
	assert.True(t, diff(kind("text")).HasChanges, "it must be remembered")

	typed := first.Set("type", property.New("x:y:Z"))
	other := check(typed.Set("deletable", property.New([]property.Value{property.New("p/old")})), first)
	require.Len(t, other, 1)
	assert.Contains(t, other[0].Reason, "would then delete p/old")
	assert.True(t, diff(typed).HasChanges, "it must be remembered")

	wrong := check(first, inputs("Owned", "lots", object{"p/a": ""}, object{}))
	require.NotEmpty(t, wrong)
	assert.Equal(t, "maxDeletions", wrong[0].Property)
}
