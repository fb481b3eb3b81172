package destinations

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// An importer may spell an ID differently from the provider that created the resource. The ID from a lookup then
// differs from that in the state, although both mean one secret. The secret must not be imported again, because that
// would delete it. The run that changes the policy to Retain has such resources, which the state would still delete.
func TestAnImportIdInAnotherSpelling(t *testing.T) {
	t.Parallel()
	row := RowOf(t, "resource on GitHub")
	spelled := strings.Replace(row.Destination, "importId: 'app:", "importId: 'APP/", 1)
	require.NotEqual(t, row.Destination, spelled)
	row.Destination = spelled
	s := start(t, row, map[string]string{"user": "bob", "password": "hunter2"})
	s.policy, s.adoptionPolicy = deletes, "All"
	require.NoError(t, s.platform.Put(t.Context(), row.Identity("password"), "adopted"))
	s.expected = map[string]string{"user": "bob", "password": "hunter2"}
	s.up()
	s.contains("after the first run, which adopts one")
	s.expected["user"] = "carol"
	s.succeeded(s.edit(map[string]string{"user": "carol", "password": "hunter2"}))
	s.contains("after a change")
	s.policy = retains
	s.up()
	s.contains("after the policy changed")
	s.policy = deletes
	s.up()
	s.destroy()
	s.expected = nil
	s.contains("after a destroy")
}
