package destinations

import (
	"testing"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Replaced changes a value of a sync with the policy Delete, for a provider that replaces the resource.
func Replaced(t *testing.T, row platforms.Row) {
	t.Helper()
	s := start(t, row, map[string]string{"user": "bob", "other": "x"})
	s.policy = deletes
	s.expected = map[string]string{"user": "bob", "other": "x"}
	s.up()
	s.contains("after the first run")
	s.expected["user"] = "carol"
	s.succeeded(s.edit(s.expected))
	s.contains("after a change")
}
