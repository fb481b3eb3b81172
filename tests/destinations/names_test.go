package destinations

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Names change hands under Delete: two keys swap theirs, and then one takes the name that another leaves for one that
// looks like a part of a URN. Each secret has the value of the key that has its name now, and only a name that no key
// has any more is deleted.
func TestNamesThatChangeHands(t *testing.T) {
	t.Parallel()
	s := start(t, RowOf(t, "vault KV v2"), map[string]string{"user": "bob", "other": "x"})
	s.policy, s.unwatched = deletes, true // a second run would repair the first
	const odd = "shop/c::d$e/sync"
	for _, names := range []map[string]string{
		{"user": "shop/a", "other": "shop/b"},
		{"user": "shop/b", "other": "shop/a"},
		{"user": "shop/a", "other": odd},
		{"user": "shop/b", "other": odd},
	} {
		s.row.Destination = "{vault: {keys: {rename: {user: '" + names["user"] + "', other: '" + names["other"] + "'}}}}"
		s.up()
		found, err := s.platform.Secrets(t.Context())
		require.NoError(t, err)
		require.Equal(t, map[string]string{
			"vault/secret/" + names["user"]:  s.stored("bob"),
			"vault/secret/" + names["other"]: s.stored("x"),
		}, found)
	}
	s.destroy()
	s.contains("after the destroy")
}
