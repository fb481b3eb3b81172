package destinations

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The place of a resource is only told, and can be told in other words, or no more. In the run in which a key changes
// as well, the secret of the old key and that of the new one are still one: whether the run is refused or succeeds, the
// secret is there.
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
	runs := len(s.h.Deployments(target))
	_, err := s.h.Up(t.Context(), s.program(), stack)
	require.Greater(t, len(s.h.Deployments(target)), runs)
	s.contains("after a run with both")
	require.Equal(t, s.lastRun().Status == "succeeded", err == nil)
}
