package destinations

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// Denied takes the right to write away between two runs and gives it back: what is on the platform stays as it is, the
// error of `pulumi up` says what to do and holds no value, and the next `pulumi up` ends what was begun.
func Denied(t *testing.T, row Row) {
	t.Helper()
	values := map[string]string{"user": "first-value-of-user", "token": "first-value-of-token"}
	s := start(t, row, values)
	s.policy = deletes
	maps.Copy(s.expected, values)
	s.up()
	s.holds("after the first run")

	require.NoError(t, s.platform.Restrict(t.Context(), true))
	changed := map[string]string{"user": "second-value-of-user", "extra": "first-value-of-extra"}
	s.failed(s.edit(changed), s.row.Denial)
	s.holds("after a run that was refused")
	s.maxDeletions = "5"
	_, err := s.h.Up(t.Context(), s.program(), stack)
	require.ErrorContains(t, err, "the platform refused the run's credentials: give them the permissions")
	s.holds("after an update that was refused")

	require.NoError(t, s.platform.Restrict(t.Context(), false))
	s.up()
	s.loses("token")
	maps.Copy(s.expected, changed)
	s.holds("after the right to write came back")
	transcript := s.h.Transcript()
	for _, all := range []map[string]string{values, changed} {
		for key, value := range all {
			assert.Empty(t, harness.Leaks(transcript, value), key)
		}
	}
}
