package platform_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// After a rename, a sync recognizes its secrets by their former ownership tag, and writes the new one.
func TestFormerOwnershipTagsAreOurs(t *testing.T) {
	t.Parallel()
	const ours, former, other = "acme/shop/dev/credentials", "acme/shop/dev/db", "acme/shop/dev/web"
	for _, c := range platformCases() {
		for owner, want := range map[string]string{former: "owned", ours: "owned", other: "notOwned"} {
			t.Run(c.platform+" "+owner, func(t *testing.T) {
				t.Parallel()
				if c.find == nil {
					t.Skip("the platform tells nothing about a single secret")
				}
				run := construct(t, targettest.Case{
					Type:   "Target",
					Inputs: map[string]property.Value{"payload": renamedPayload(t, c, ours, former)},
					Call: func(args integration.MockCallArgs) (property.Map, error) {
						return c.find(args, owner), nil
					},
				})
				require.NoError(t, run.Err)
				for key := range c.names {
					child := run.Child(t, c.nameType, key)
					assert.Equal(t, ours, at(t, child.Inputs, c.tagAt).AsString())
					assert.Equal(t, want == "owned", child.RegisterRPC.GetImportId() != "")
				}
				for _, found := range run.Inventory.Input("found").AsMap().All {
					assert.Equal(t, want, found.AsString())
				}
				assert.Equal(t, 2, run.Inventory.Input("found").AsMap().Len())
			})
		}
	}
}

// renamedPayload returns a payload with two keys for a sync that was renamed from former to id.
func renamedPayload(t *testing.T, c platformCase, id, former string) property.Value {
	t.Helper()
	return payloadText(t, object{
		"sync": object{c.platform: object{"value": object{"db": object{"user": "u"}, "hot-key": "p"}}},
		"target": object{
			"platform": c.platform, "syncId": id, "formerSyncIds": []any{former}, "settings": c.destination,
		},
	})
}

// Ordinary sync IDs stay readable on every platform. Others are changed to fit.
func TestOwnershipTags(t *testing.T) {
	t.Parallel()
	alphabets := map[string]string{"aws": `^[A-Za-z0-9 +=._:/@-]*$`}
	for _, one := range platform.All {
		tag := one.Ownership
		if tag.Key == "" {
			continue
		}
		for _, id := range []string{"shop/dev/db-credentials", "shop/dev/my:index:A/my:index:B::db"} {
			assert.Equal(t, id, tag.Value(id), one.Name)
		}
		odd := tag.Value("é\n*" + strings.Repeat("x", 2000))
		assert.Len(t, odd, tag.MaxLength, one.Name)
		if alphabet := alphabets[one.Package]; alphabet != "" {
			assert.Regexp(t, alphabet, odd, one.Name)
		}
	}
}
