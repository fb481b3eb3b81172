package schedule

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, good := range []string{
		"off", "0 * * * *", "*/5 * * * *", "30 2 * * 1-5", "0 0 1 JAN *", "0 12 * * MON", "*/60 */24 * */12 *",
		"0-30/10,45 * * * MON-FRI/2", "5/20 * ? * *",
	} {
		require.NoError(t, Check(good), good)
	}
	for _, bad := range []string{
		"", "hourly", "@hourly", "@every 1h 0 0 0", "* * * *", "* * * * * *", "60 * * * *", "0 25 * * *",
		"TZ=UTC 0 * * *", "CRON_TZ=UTC * * * *", "Off", "$(id) * * * *",
	} {
		require.ErrorContains(t, Check(bad), `must be "off" or a cron expression of 5 fields in UTC`, bad)
	}
	for _, never := range []string{"0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 31 FEB *"} {
		require.ErrorContains(t, Check(never), "never occurs", never)
	}
	for _, rare := range []string{"0 0 29 2 *", "0 0 31 12 *", "0 0 30 2 1"} {
		require.NoError(t, Check(rare), rare)
	}
	require.ErrorContains(t, CheckCron(Off), "must be a cron expression")
	require.NoError(t, CheckCron("0 3 * * *"))
}

// The error names the invalid field and its valid values.
func TestCheckNamesTheField(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		"60 * * * *":           "(hourly): the minute accepts 0 to 59, * or a range",
		"hunter2 * * * *":      "(hourly): the minute accepts 0 to 59, * or a range",
		"0 24 * * *":           "(hourly): the hour accepts 0 to 23, * or a range",
		"0 0 0 * *":            "(hourly): the day of the month accepts 1 to 31, * or a range",
		"0 0 1 13 *":           "(hourly): the month accepts 1 to 12 or JAN to DEC, * or a range",
		"0 0 * * 7":            "(hourly): the day of the week accepts 0 to 6, from Sunday, or SUN to SAT, * or a range",
		"*/100 * * * *":        "(hourly): the step of the minute must be 1 to 60",
		"*/0 * * * *":          "(hourly): the step of the minute must be 1 to 60",
		"*/ * * * *":           "(hourly): the step of the minute must be 1 to 60",
		"*/-1 * * * *":         "(hourly): the step of the minute must be 1 to 60",
		"*/x * * * *":          "(hourly): the step of the minute must be 1 to 60",
		"* 0-5/10 * * *":       "(hourly): the step of the hour must be 1 to 6",
		"* 5/25 * * *":         "(hourly): the step of the hour must be 1 to 24",
		"1,,2 * * * *":         "(hourly): the minute accepts 0 to 59, * or a range",
		", * * * *":            "(hourly): the minute accepts 0 to 59, * or a range",
		"*-5 * * * *":          "(hourly): the minute accepts 0 to 59, * or a range",
		"5-1 * * * *":          "(hourly): the minute accepts 0 to 59, * or a range",
		"1/2/3 * * * *":        "(hourly): the step of the minute must be 1 to 60",
		"60 * * * hunter2":     "the minute accepts 0 to 59, * or a range, and the day of the week accepts 0 to 6,",
		"CRON_TZ=UTC * * * *":  "(hourly): the minute accepts 0 to 59, * or a range",
		"@every 1h 0 0 0":      "(hourly): the minute accepts 0 to 59, * or a range",
		"0 TZ=UTC * * *":       "(hourly): the hour accepts 0 to 23, * or a range",
		"0 0 * * 0,1,hunter2/": "(hourly): the day of the week accepts",
	} {
		err := Check(expression)
		require.ErrorContains(t, err, want, expression)
		assert.NotContains(t, err.Error(), "hunter2")
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
