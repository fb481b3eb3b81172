package target

import (
	"maps"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/stretchr/testify/assert"
)

const (
	stateComponent = urn.URN("urn:pulumi:dev::shop::escsync:index:VaultTarget::sync")
	statePrefix    = "urn:pulumi:dev::shop::escsync:index:VaultTarget$"
	stateSecret    = "vault:kv/secretV2:SecretV2::"
)

func TestPreviousStateIn(t *testing.T) {
	t.Parallel()
	record := map[string]any{"outputs": map[string]any{
		"secrets": map[string]any{"vault/kv/a": ""}, "keys": map[string]any{"vault/kv/a": "a"}, "account": "Vault at v",
	}}
	other := map[string]any{"outputs": map[string]any{
		"secrets": map[string]any{"vault/eu/a": ""}, "account": "Vault at eu", "owners": map[string]any{"sync/eu/a": "b"},
	}}
	h := previousStateIn(map[string]any{
		statePrefix + stateSecret + "sync/a":                                           map[string]any{},
		statePrefix + stateSecret + "sync":                                             map[string]any{},
		statePrefix + InventoryToken + "::sync":                                        record,
		statePrefix + stateSecret + "other/b":                                          map[string]any{},
		statePrefix + stateSecret + "synchronous":                                      map[string]any{},
		statePrefix + InventoryToken + "::sync/eu":                                     other,
		statePrefix + ReleaseToken + "::sync/eu":                                       other,
		"urn:pulumi:dev::shop::my:index:Web$escsync:index:VaultTarget$x:y:Z::sync/c":   map[string]any{},
		"urn:pulumi:dev::shop::escsync:index:VaultTarget::sync":                        map[string]any{},
		"urn:pulumi:dev::shop::escsync:index:VaultTargets$escsync:index:Release::sync": map[string]any{},
		"no URN": nil,
	}, stateComponent)
	assert.Equal(t, []string{"sync", "sync/a"}, slices.Sorted(maps.Keys(h.children)))
	assert.Equal(t, map[string]string{"vault/kv/a": ""}, h.last.Secrets)
	assert.Equal(t, "Vault at v", h.last.Account)
	assert.Empty(t, h.released)
}

// The location and the case of a lost secret count if they are part of its resource name.
func TestLostItemsAreInTheState(t *testing.T) {
	t.Parallel()
	for child, unplaced := range map[string]bool{"sync/kv/app/user": false, "sync/App/User": true} {
		r := Registration{
			Name:    "sync",
			Request: Request{Platform: Platform{About: About{Name: "azureKeyVault"}}},
			plan:    Plan{Unplaced: unplaced},
			before: previousState{
				children: map[string]bool{child: true},
				last: InventoryArgs{
					Secrets: map[string]string{"azureKeyVault/kv/app/user": ""},
					Keys:    map[string]string{"azureKeyVault/kv/app/user": "user"},
					Names:   map[string]string{"azureKeyVault/kv/app/user": "App/User"},
				},
			},
		}
		assert.Equal(t, []Item{{Name: "App/User", Location: "kv", Key: "user", CaseInsensitive: true}}, r.lostItems(), child)
		r.before.children = map[string]bool{"sync/user": true}
		assert.Empty(t, r.lostItems(), child)
	}
}

// Until the next run, the children of a renamed component have their old names in the state.
func TestAddRenamed(t *testing.T) {
	t.Parallel()
	const before = urn.URN("urn:pulumi:dev::shop::escsync:index:VaultTarget::before")
	h := previousState{children: map[string]bool{"sync/a": true}}
	h.addRenamed(map[string]any{
		statePrefix + stateSecret + "before/b": map[string]any{}, statePrefix + stateSecret + "before": map[string]any{},
		statePrefix + stateSecret + "other/c": map[string]any{},
		statePrefix + InventoryToken + "::before": map[string]any{"outputs": map[string]any{
			"secrets": map[string]any{"vault/b": ""}, "account": "Vault at v",
		}},
	}, stateComponent, []urn.URN{before})
	assert.Equal(t, "Vault at v", h.last.Account)
	assert.Equal(t, map[string]string{"vault/b": ""}, h.last.Secrets)
	assert.Equal(t, []string{"sync", "sync/a", "sync/b"}, slices.Sorted(maps.Keys(h.children)))
}

// A secret lost in an earlier run, and its location, are remembered as long as its resource exists.
func TestLostItems(t *testing.T) {
	t.Parallel()
	r := Registration{
		Name:    "sync",
		Request: Request{Platform: Platform{About: About{Name: "vault"}}},
		plan:    Plan{Items: []Item{{Name: "app/a", Location: "kv", Key: "a"}}},
		before: previousState{
			children: map[string]bool{"sync/kv/app/a": true, "sync/kv/app/b": true, "sync/my/kv/c": true},
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
