package platform_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

const (
	stateFunction = "pulumi:pulumi:readStackResourceOutputs"
	releaseType   = "escsync:index:Release"
)

// stack returns the resources left by a run of the component, as the engine reports them.
func stack(c platformCase, run targettest.Run) property.Map {
	resources := map[string]property.Value{}
	add := func(child *targettest.Registered, outputs property.Map) {
		urn := "urn:pulumi:dev::shop::escsync:index:" + c.component + "$" + string(child.TypeToken) + "::" + child.Name
		resources[urn] = property.New(map[string]property.Value{
			"type": property.New(string(child.TypeToken)), "outputs": property.New(outputs),
		})
	}
	for i := range run.Children {
		child := &run.Children[i]
		add(child, child.Inputs)
	}
	add(run.Inventory, run.Inventory.Inputs)
	return property.NewMap(map[string]property.Value{"outputs": property.New(resources)})
}

var empty = outputs(object{"outputs": object{}})

// deleting pushes with the policy Delete. state is the stack's state, and owner the ownership tag of every secret on
// the platform.
func deleting(t *testing.T, c platformCase, value any, state property.Map, owner string) targettest.Run {
	t.Helper()
	return construct(t, targettest.Case{
		Type: c.component,
		Inputs: map[string]property.Value{
			"destination": props(t, c.destination), "value": props(t, value), "deletionPolicy": property.New("Delete"),
		},
		Call: func(args integration.MockCallArgs) (property.Map, error) {
			switch {
			case string(args.Token) == stateFunction:
				return state, nil
			case owner == "" || c.find == nil:
				return property.Map{}, nil
			}
			return c.find(args, owner), nil
		},
	})
}

func tagged() []platformCase {
	var cases []platformCase
	for _, c := range platformCases() {
		if c.tagAt != "" {
			cases = append(cases, c)
		}
	}
	return cases
}

// A secret that is no longer pushed is deleted, unless its tag names another sync. Then it is registered once more,
// unchanged and retained, and a Release lets the next run drop it.
func TestASecretOfAnotherSyncIsReleased(t *testing.T) {
	t.Parallel()
	before, after := object{"gone": "x", "stays": "y"}, object{"stays": "y"}
	for _, c := range tagged() {
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			first := deleting(t, c, before, empty, "")
			require.NoError(t, first.Err)
			for owner, released := range map[string]bool{"shop/dev/other": true, "shop/dev/sync": false, "": false} {
				gone := "sync/" + strings.SplitN(c.identity("gone", first), "/", 2)[1]
				run := deleting(t, c, after, stack(c, first), owner)
				require.NoError(t, run.Err)
				var children []targettest.Registered
				for _, child := range run.Children {
					if child.Name == gone {
						children = append(children, child)
						assert.True(t, child.RegisterRPC.GetRetainOnDelete(), "%s %s", owner, child.TypeToken)
						assert.Equal(t, []string{"*"}, child.RegisterRPC.GetIgnoreChanges(), "%s %s", owner, child.TypeToken)
					}
				}
				assert.Equal(t, released, len(children) > 0, "%q: %v", owner, run.Listed())
				assert.Equal(t, props(t, object{c.identity("gone", first): "gone"}), run.Inventory.Input("lost"))
				if !released {
					continue
				}
				record := run.Child(t, releaseType, "sync")
				assert.Equal(t, props(t, object{gone: owner}), record.Input("owners"))
				next := deleting(t, c, after, stack(c, run), owner)
				require.NoError(t, next.Err)
				assert.NotContains(t, next.Listed(), releaseType+" sync", "a retained secret is left out")
				for _, child := range next.Children {
					assert.NotEqual(t, gone, child.Name)
				}
			}
		})
	}
}

// identity returns the identity of a key in the inventory of a run.
func (c platformCase) identity(key string, run targettest.Run) string {
	for id, of := range run.Inventory.Input("keys").AsMap().All {
		if of.AsString() == key {
			return id
		}
	}
	return ""
}

// A destroy does not check existing resources, so what the program registers decides: secrets of another sync are
// retained.
func TestAPushedSecretOfAnotherSyncIsRetained(t *testing.T) {
	t.Parallel()
	value := object{"stays": "y"}
	for _, c := range tagged() {
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			first := deleting(t, c, value, empty, "")
			require.NoError(t, first.Err)
			for owner, retained := range map[string]bool{"shop/dev/other": true, "shop/dev/sync": false} {
				run := deleting(t, c, value, stack(c, first), owner)
				require.NoError(t, run.Err)
				child := run.Child(t, c.nameType, "stays")
				assert.Equal(t, retained, child.RegisterRPC.GetRetainOnDelete(), owner)
				if retained {
					assert.Equal(t, props(t, object{c.identity("stays", first): owner}), run.Inventory.Input("owners"))
				}
			}
		})
	}
}

// If the credentials lead to another account, a destroy stops before any lookup.
func TestNothingIsRegisteredInAnotherAccount(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			first := deleting(t, c, object{"a": "x"}, empty, "")
			require.NoError(t, first.Err)
			word := c.account[:len(c.account)-1] + "elsewhere"
			first.Inventory.Inputs = first.Inventory.Inputs.Set("account", property.New(word))
			run := deleting(t, c, object{"a": "x"}, stack(c, first), "")
			require.ErrorContains(t, run.Err, "lead to "+c.account)
			assert.Empty(t, run.Children)
			assert.Nil(t, run.Inventory)
		})
	}
}
