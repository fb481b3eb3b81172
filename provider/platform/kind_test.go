package platform_test

import (
	"maps"
	"testing"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// The inventory records the kind of a value only if the mapping depends on it, so a program that sets the mapping may
// change the kind.
func TestTheInventoryRecordsTheKindOfAValue(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		value   any
		mapping string
		want    string
	}{
		{"x", "", "text"},
		{object{"a": "x"}, "", "object"},
		{[]any{"x"}, "", "object"},
		{"x", "single", ""},
		{object{"a": "x"}, "json", ""},
	} {
		destination := object{"name": "n"}
		if test.mapping != "" {
			destination["mapping"] = test.mapping
		}
		run := construct(t, targettest.Case{Type: "AwsSecretsManagerTarget", Inputs: map[string]property.Value{
			"destination": props(t, destination), "value": props(t, test.value),
		}})
		require.NoError(t, run.Err)
		assert.Equal(t, test.want, run.Inventory.Input("kind").AsString(), "%v", test)
	}
}

// The outcomes of changing the kind of a value while the program stays the same.
const (
	neverMade   = "never made"
	asksMapping = "refused by the inventory"
	notPushable = "refused before anything is registered"
	sameNames   = "accepted with the same names"
)

// The program's settings determine the names, so a new kind deletes nothing under the policy Delete. If the new value
// would get other names, the run is refused.
func TestAValueOfAnotherKindDeletesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range append(platformCases(), platformCase{
		platform: "kubernetes", component: "KubernetesTarget", destination: object{"name": "app"},
	}) {
		forms := map[string]platformCase{"by key": c}
		toObject := map[string]string{"by key": neverMade, "name": asksMapping, "json": sameNames}
		toText := map[string]string{"by key": notPushable, "name": asksMapping, "json": sameNames}
		switch c.platform {
		case "kubernetes": // its name is the object's, whatever the keys
			toObject["by key"], toText["by key"] = asksMapping, asksMapping
		case "vault": // with mapping json, a secret has fields
			toObject["json"], toText["json"] = neverMade, notPushable
			fallthrough
		default:
			forms["name"] = c.with(object{"name": "n"})
			forms["json"] = c.with(object{"name": "n", "mapping": "json"})
		}
		for form, c := range forms {
			t.Run(c.platform+" "+form, func(t *testing.T) {
				t.Parallel()
				assert.Equal(t, toObject[form], changed(t, c, "x", object{"a": "x"}))
				assert.Equal(t, toText[form], changed(t, c, object{"a": "x"}, "x"))
			})
		}
	}
}

// with returns the case without a path and with more settings.
func (c platformCase) with(settings object) platformCase {
	destination := maps.Clone(c.destination)
	delete(destination, "path")
	maps.Copy(destination, settings)
	c.destination = destination
	return c
}

// changed pushes a value and then another one, and returns the outcome of the second.
func changed(t *testing.T, c platformCase, before, after any) string {
	t.Helper()
	first := deleting(t, c, before, empty, "")
	if first.Err != nil {
		return neverMade
	}
	second := deleting(t, c, after, stack(c, first), "")
	if second.Err != nil {
		assert.Empty(t, second.Children)
		return notPushable
	}
	server, err := integration.NewServer(t.Context(), version.Name, semver.MustParse(version.Version),
		integration.WithProvider(targettest.Provider(t, platform.All)))
	require.NoError(t, err)
	checked, err := server.Check(p.CheckRequest{
		Urn:   presource.NewURN("dev", "shop", "", target.InventoryToken, "sync"),
		State: first.Inventory.Inputs, Inputs: second.Inventory.Inputs,
	})
	require.NoError(t, err)
	if len(checked.Failures) > 0 {
		assert.Contains(t, checked.Failures[0].Reason, "Set mapping")
		return asksMapping
	}
	assert.Equal(t, first.Inventory.Input("secrets"), second.Inventory.Input("secrets"))
	assert.Equal(t, first.Listed(), second.Listed())
	return sameNames
}
