package target

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// Importing an ID that differs from the one in the state replaces and deletes the existing resource.
func TestImportID(t *testing.T) {
	t.Parallel()
	const owned, foreign = inventory.Owned, inventory.NotOwned
	for name, test := range map[string]struct {
		policy AdoptionPolicy
		owner  string
		once   bool
		key    string
		want   string
	}{
		"ours":                        {AdoptOwned, owned, false, "new", "id"},
		"another's":                   {AdoptOwned, foreign, false, "new", ""},
		"any":                         {AdoptAll, foreign, false, "new", "id"},
		"never":                       {AdoptNever, owned, false, "new", ""},
		"in the state":                {AdoptOwned, owned, false, "held", "id"},
		"in the state, and once only": {AdoptAll, owned, true, "held", ""},
		"new, and once only":          {AdoptAll, foreign, true, "new", "id"},
	} {
		r := Registration{
			Name:    "sync",
			Request: Request{Policy: Policy{AdoptionPolicy: test.policy}},
			plan:    Plan{ImportsOnce: test.once},
			before:  previousState{children: map[string]bool{"sync/held": true}},
			found:   map[string]Existing{"NAME": {ImportID: "id", Owner: test.owner}},
		}
		assert.Equal(t, test.want, r.importID(Secret{Key: test.key, Name: "NAME"}), name)
		assert.Empty(t, r.importID(Secret{Key: test.key, Name: "OTHER"}), name)
		assert.Empty(t, r.importID(Secret{Key: test.key, Name: "NAME", Owner: "acme/shop"}), name)
	}
}
