package destinations

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Pushed takes a destination through the shortest life: a first run, a change, and a destroy with Delete. After each
// the platform holds what secrets makes of the values, by identity, and nothing else.
func Pushed(t *testing.T, row Row, secrets func(values map[string]string) map[string]string) {
	t.Helper()
	values := map[string]string{"user": "bob", "password": "p$a\"s'\n"}
	s := start(t, row, values)
	s.policy = deletes
	holds := func(step string, want map[string]string) {
		t.Helper()
		found, err := s.platform.Secrets(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, found, step)
	}
	s.up()
	holds("after the first run", secrets(values))
	values = with(with(values, "user", "carol"), "extra", "added")
	s.succeeded(s.edit(values))
	holds("after a change and an addition", secrets(values))
	s.destroy()
	holds("after a destroy with Delete", map[string]string{})
}
