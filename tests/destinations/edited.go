package destinations

import (
	"context"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Edited edits the platform, runs the schedule, and then changes a value. edit returns the platform's values after the
// scheduled run, by key, if they differ from ESC.
func Edited(
	t *testing.T, row platforms.Row,
	edit func(ctx context.Context, platform platforms.Platform) (map[string]string, error),
) {
	t.Helper()
	values := map[string]string{"user": "bob", "password": "untouched"}
	s := start(t, row, values)
	maps.Copy(s.expected, values)
	s.up()
	s.contains("after the first run")

	left, err := edit(t.Context(), s.platform)
	require.NoError(t, err)
	s.succeeded(s.schedule())
	maps.Copy(s.expected, left)
	s.contains("after the run that followed the edit")
	s.idle("after the run that followed the edit")

	values = with(values, "user", "carol")
	s.succeeded(s.edit(values))
	maps.Copy(s.expected, values)
	s.contains("after a change in ESC")
}
