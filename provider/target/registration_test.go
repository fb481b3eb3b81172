package target

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// Importing an ID that differs from the one in the state replaces and deletes the existing resource.
func TestImportID(t *testing.T) {
	t.Parallel()
	const owned, notOwned = inventory.Owned, inventory.NotOwned
	for name, test := range map[string]struct {
		policy AdoptionPolicy
		owner  string
		once   bool
		name   string
		want   string
	}{
		"ours":                        {AdoptOwned, owned, false, "NEW", "id"},
		"another's":                   {AdoptOwned, notOwned, false, "NEW", ""},
		"any":                         {AdoptAll, notOwned, false, "NEW", "id"},
		"never":                       {AdoptNever, owned, false, "NEW", ""},
		"in the state":                {AdoptOwned, owned, false, "HELD", "id"},
		"in the state, and once only": {AdoptAll, owned, true, "HELD", ""},
		"new, and once only":          {AdoptAll, notOwned, true, "NEW", "id"},
	} {
		r := Registration{
			Name:    "sync",
			Request: Request{Policy: Policy{AdoptionPolicy: test.policy}},
			plan:    Plan{ImportsOnce: test.once},
			before:  previousState{children: map[string]bool{"sync/HELD": true}},
			found:   map[string]Existing{test.name: {ImportID: "id", Owner: test.owner}},
		}
		assert.Equal(t, test.want, r.importID(Secret{Name: test.name}), name)
		assert.Empty(t, r.importID(Secret{Name: "OTHER"}), name)
		assert.Empty(t, r.importID(Secret{Name: test.name, Owner: "acme/shop"}), name)
	}
}

// Another name or location is another resource: the engine imports it, and stops managing the old one under the policy
// of the previous run. Another spelling of a case-insensitive location is not.
func TestResourcesAreNamedAfterSecrets(t *testing.T) {
	t.Parallel()
	item := Item{Name: "App/User", Location: "Vault/kv", Key: "user"}
	insensitive, field := item, item
	insensitive.CaseInsensitive, field.Object = true, true
	for name, test := range map[string]struct {
		item     Item
		unplaced bool
		want     string
	}{
		"a location":          {item, false, "sync/Vault/kv/App/User"},
		"case-insensitive":    {insensitive, false, "sync/vault/kv/app/user"},
		"a location may vary": {item, true, "sync/App/User"},
		"both":                {insensitive, true, "sync/App/User"},
		"a part of an object": {field, false, "sync/Vault/kv"},
	} {
		r := Registration{Name: "sync", plan: Plan{Items: []Item{test.item}, Unplaced: test.unplaced}}
		assert.Equal(t, test.want, r.Logical(Secret{Name: item.Name, Key: "user"}), name)
		released := Secret{Name: item.Name, Key: "user", released: "sync/before"}
		assert.Equal(t, "sync/before", r.Logical(released), name)
	}
}

// If a resource moves to another location, the secret at the old one follows the policy of the previous run.
func TestLeavesRetained(t *testing.T) {
	t.Parallel()
	const before = "gcpSecretManager/old/user"
	for name, test := range map[string]struct {
		unplaced  bool
		deletable []string
		owner     string
		want      bool
	}{
		"retained until now":             {true, nil, "", true},
		"deleted already then":           {true, []string{before}, "", false},
		"adopted by another sync":        {true, []string{before}, "other", true},
		"another place is another thing": {false, nil, "", false},
	} {
		r := Registration{
			Name:    "sync",
			Request: Request{Platform: Platform{About: About{Name: "gcpSecretManager"}}},
			plan:    Plan{Items: []Item{{Name: "user", Location: "new"}}, Unplaced: test.unplaced},
			before:  previousState{last: InventoryArgs{Deletable: test.deletable}},
			lost:    []Item{{Name: "user", Location: "old"}},

			foundLost: map[string]Existing{before: {Sync: test.owner}},
		}
		assert.Equal(t, test.want, r.leavesRetained(Secret{Name: "user"}), name)
	}
}
