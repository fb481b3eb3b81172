package target

import (
	"maps"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/stretchr/testify/assert"
)

const (
	heldComponent = urn.URN("urn:pulumi:dev::shop::escsync:index:VaultTarget::sync")
	heldPrefix    = "urn:pulumi:dev::shop::escsync:index:VaultTarget$"
	heldSecret    = "vault:kv/secretV2:SecretV2::"
)

func TestHeldIn(t *testing.T) {
	t.Parallel()
	record := map[string]any{"outputs": map[string]any{
		"secrets": map[string]any{"vault/kv/a": ""}, "keys": map[string]any{"vault/kv/a": "a"}, "place": "Vault at v",
	}}
	h := heldIn(map[string]any{
		heldPrefix + heldSecret + "sync/a":                                             map[string]any{},
		heldPrefix + heldSecret + "sync":                                               map[string]any{},
		heldPrefix + InventoryToken + "::sync":                                         record,
		heldPrefix + heldSecret + "other/b":                                            map[string]any{},
		heldPrefix + heldSecret + "synchronous":                                        map[string]any{},
		"urn:pulumi:dev::shop::my:index:Web$escsync:index:VaultTarget$x:y:Z::sync/c":   map[string]any{},
		"urn:pulumi:dev::shop::escsync:index:VaultTarget::sync":                        map[string]any{},
		"urn:pulumi:dev::shop::escsync:index:VaultTargets$escsync:index:Release::sync": map[string]any{},
		"no URN": nil,
	}, heldComponent)
	assert.Equal(t, []string{"sync", "sync/a"}, slices.Sorted(maps.Keys(h.children)))
	assert.Equal(t, map[string]string{"vault/kv/a": ""}, h.last.Secrets)
	assert.Equal(t, "Vault at v", h.last.Place)
	assert.Empty(t, h.released)
}

// What was lost in an earlier run is known for as long as its resource is there, and so is its location.
func TestLostItems(t *testing.T) {
	t.Parallel()
	r := Registration{
		Name:    "sync",
		Request: Request{Platform: Platform{About: About{Name: "vault"}}},
		plan:    Plan{Items: []Item{{Name: "app/a", Location: "kv", Key: "a"}}},
		held: held{
			children: map[string]bool{"sync/a": true, "sync/b": true, "sync/c": true},
			last: InventoryArgs{
				Secrets: map[string]string{"vault/kv/app/a": "", "vault/kv/app/b": "", "vault/kv/app/gone": ""},
				Keys:    map[string]string{"vault/kv/app/a": "a", "vault/kv/app/b": "b", "vault/kv/app/gone": "gone"},
				Names:   map[string]string{"vault/kv/app/b": "app/b", "vault/my/kv/c": "c"},
				Lost:    map[string]string{"vault/my/kv/c": "c", "gcp/d": "a"},
			},
		},
	}
	assert.ElementsMatch(t, []Item{
		{Name: "app/b", Location: "kv", Key: "b"}, {Name: "c", Location: "my/kv", Key: "c"},
	}, r.lostItems())
}

// What the last run recorded under another name, or has no resource of, may have to be imported.
func TestStays(t *testing.T) {
	t.Parallel()
	r := Registration{
		Name:    "sync",
		Request: Request{Platform: Platform{About: About{Name: "vault"}}},
		plan:    Plan{Items: []Item{{Name: "a", Key: "a"}, {Name: "renamed", Key: "b"}, {Name: "c", Key: "c"}}},
		held: held{
			children: map[string]bool{"sync/a": true, "sync/b": true},
			last:     InventoryArgs{Secrets: map[string]string{"vault/a": "", "vault/b": "", "vault/c": ""}},
		},
	}
	assert.True(t, r.stays("a"))
	assert.False(t, r.stays("b"), "another name")
	assert.False(t, r.stays("c"), "no resource")
}
