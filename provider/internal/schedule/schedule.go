// Package schedule checks and defaults the cron schedule of a sync.
package schedule

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Off is the schedule of a sync that has none.
const Off = "off"

// fields is the form that Pulumi Deployments takes: minute, hour, day of month, month, day of week, in UTC
// (https://www.pulumi.com/docs/pulumi-cloud/deployments/reference/#scheduled-deployments).
const fields = 5

var errForm = errors.New(`must be "off" or a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly)`)

var errNever = errors.New(`never comes, such as the 30th of February: give a day that its month has, or "off"`)

// leapYear begins with one in which every date comes that there is: the parser looks five years ahead.
var leapYear = time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)

// Check returns an error if expression is neither "off" nor a cron expression of five fields, or names no date there
// is.
// Seconds, "@hourly" and time zones are refused: Pulumi Deployments knows none of them.
func Check(expression string) error {
	if expression == Off {
		return nil
	}
	if len(strings.Fields(expression)) != fields ||
		strings.HasPrefix(expression, "@") || strings.Contains(expression, "TZ=") {
		return errForm
	}
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	parsed, err := parser.Parse(expression)
	if err != nil {
		return errForm // the parser's message would quote what was given
	}
	if parsed.Next(leapYear).IsZero() {
		return errNever
	}
	return nil
}

// Default returns an hourly schedule at a minute that is derived from the names, so that a thousand syncs do not all
// start at the full hour. The same names always give the same minute.
func Default(names ...string) string {
	h := fnv.New32a()
	for _, name := range names {
		_, _ = h.Write([]byte(name + "\x00")) // never fails, by its contract
	}
	return fmt.Sprintf("%d * * * *", h.Sum32()%60)
}
