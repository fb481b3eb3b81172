package target

import (
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// A preview foresees what follows from names and settings alone. It does not check the account or the platform.
func TestForesee(t *testing.T) {
	t.Parallel()
	four := map[string]property.Value{}
	for _, name := range []string{"a", "b", "c", "d"} {
		four["p/"+name] = property.New("")
	}
	outputs := func(more map[string]property.Value) property.Map {
		all := map[string]property.Value{
			"secrets": property.New(four), "account": property.New("p elsewhere"), "kind": property.New("text"),
			"owners": property.New(map[string]property.Value{"p/a": property.New("another")}),
		}
		maps.Copy(all, more)
		return property.NewMap(all)
	}
	allowed, err := inventory.ParseAllowance("3")
	require.NoError(t, err)
	for name, test := range map[string]struct {
		last   property.Map
		names  []string
		policy Policy
		kind   document.Kind
		want   []string
	}{
		"never run": {names: []string{"a"}},
		"as before": {last: outputs(nil), names: []string{"a", "b", "c", "d"}},
		"too many go": {last: outputs(nil), names: []string{"a", "e"}, want: []string{
			"refusing to remove 3 of 4 secrets, as maxDeletions allows 2. To allow it once, set maxDeletions to 3. " +
				"They are p/b, p/c, p/d",
		}},
		"as many as may": {last: outputs(nil), names: []string{"a"}, policy: Policy{MaxDeletions: allowed}},
		"another kind": {last: outputs(nil), names: []string{"a", "b", "c", "d"}, kind: document.Object, want: []string{
			"the value was a text and is now an object or a list. Set mapping to say how to push it, or change the value back",
		}},
		"a policy that comes too late": {
			last: outputs(map[string]property.Value{
				"deletable": property.New([]property.Value{property.New("p/b")}), "policy": property.New("Delete"),
			}),
			names: []string{"a", "c", "d"}, policy: Policy{Retain: true},
			want: []string{"a new deletionPolicy or retainKeys applies from the next run on, so this run would still delete " +
				"p/b. Change the policy first, and remove the keys in the next run"},
		},
	} {
		kind := test.kind
		if kind == 0 {
			kind = document.Unknown
		}
		r := Request{
			Platform: Platform{About: About{Name: "p"}}, Policy: test.policy, Value: document.Node{Kind: kind},
			Settings: settings.NewReader(&problem.List{}, settings.Layer{}),
		}
		var plan Plan
		for _, name := range test.names {
			plan.Items = append(plan.Items, Item{Name: name})
		}
		assert.Equal(t, test.want, r.Foresee(plan, test.last), name)
	}
}
