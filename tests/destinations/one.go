package destinations

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// One takes a destination through a life in which the whole value is one secret, with the mappings json and single. The
// row's Identity is that of the one secret, whatever the key; text is what it holds.
func One(t *testing.T, row Row, text func(values map[string]string) string) {
	t.Helper()
	values := map[string]string{"user": "bob", "password": "p$a\"s'\n"}
	s := start(t, row, values)
	hold := func(step string) {
		t.Helper()
		s.expected = map[string]string{"": text(values)}
		s.holds(step)
	}
	s.up()
	hold("after the first run")
	s.idle("after the first run")
	values = with(with(values, "user", "carol"), "extra", "added")
	s.succeeded(s.edit(values))
	hold("after a change and an addition")
	require.NoError(t, s.platform.Put(t.Context(), row.Identity(""), "edited elsewhere"))
	s.succeeded(s.schedule())
	hold("after the repair")
	s.destroy()
	hold("after a destroy with Retain")
	s.policy = deletes
	s.up()
	hold("after the sync was made again")
	s.destroy()
	clear(s.expected)
	s.holds("after a destroy with Delete")
}
