package destinations

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The place of a resource is only a description, which can be reworded or left out. A secret whose key changes in the
// same run is still the same secret, and is not deleted with its former key.
func TestAKeyAndAPlaceThatChangeInOneRun(t *testing.T) {
	t.Parallel()
	row := RowOf(t, "resource on GitHub")
	s := start(t, row, map[string]string{"user": "bob", "other": "x"})
	s.policy, s.adoptionPolicy = deletes, "All"
	s.expected = map[string]string{"user": "bob", "other": "x"}
	s.up()
	s.contains("after the first run")

	s.edit(map[string]string{"User": "bob", "other": "x"})
	s.row.Destination = strings.Replace(row.Destination, "place: '{env.GITHUB_OWNER}/app', ", "", 1)
	require.NotEqual(t, row.Destination, s.row.Destination)
	s.up()
	s.contains("after a run with both")
}
