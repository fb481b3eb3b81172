package schedule

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"off", "0 * * * *", "*/5 * * * *", "30 2 * * 1-5", "0 0 1 JAN *", "0 12 * * MON"} {
		require.NoError(t, Check(good), good)
	}
	for _, bad := range []string{
		"", "hourly", "@hourly", "@every 1h 0 0 0", "* * * *", "* * * * * *", "60 * * * *", "0 25 * * *",
		"TZ=UTC 0 * * *", "CRON_TZ=UTC * * * *", "Off", "$(id) * * * *",
	} {
		require.ErrorContains(t, Check(bad), "5 fields in UTC", bad)
	}
}

func TestDefaultSpreadsOverTheHour(t *testing.T) {
	t.Parallel()
	minutes := map[string]int{}
	for i := range 600 {
		cron := Default("acme", fmt.Sprintf("shop/dev/sync-%d", i))
		require.NoError(t, Check(cron))
		minutes[cron]++
	}
	assert.Greater(t, len(minutes), 50, "the minutes that 600 syncs run at")
	first := Default("a", "b")
	assert.Equal(t, first, Default("a", "b"))
	assert.NotEqual(t, Default("ab", "c"), Default("a", "bc"))
}
