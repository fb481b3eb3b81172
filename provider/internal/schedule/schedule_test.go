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
	for _, never := range []string{"0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 31 FEB *"} {
		require.ErrorContains(t, Check(never), "never comes", never)
	}
	for _, rare := range []string{"0 0 29 2 *", "0 0 31 12 *", "0 0 30 2 1"} {
		require.NoError(t, Check(rare), rare)
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
