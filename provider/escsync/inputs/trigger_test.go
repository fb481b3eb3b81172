package inputs

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
)

// White space around a schedule, such as the newline of a YAML block, is not part of it.
func TestCompleteTrimsTheSchedule(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{" 0 3 * * *\n": "0 3 * * *", "off\n": "off"} {
		completed := Complete(platform.All, minimal(props{"schedule": str(given).WithSecret(true)}), shop)
		require.Empty(t, completed.Problems)
		assert.True(t, str(want).WithSecret(true).Equals(completed.Inputs.Get("schedule")), "%q", given)
	}
	problems := Complete(platform.All, minimal(props{"schedule": str("0 0 30 2 *")}), shop).Problems
	assert.Contains(t, problems.Text(), "schedule: never occurs")
}
