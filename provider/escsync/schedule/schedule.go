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

// Off is the value of a schedule that disables it.
const Off = "off"

var (
	errForm = errors.New(`must be "off" or a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly)`)
	errCron = errors.New(`must be a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly)`)
)

var errNever = errors.New(`never occurs, like 30 February: choose a day that the month has, or "off"`)

// leapYear is the start of a leap year. The parser looks five years ahead, so it finds every date that exists.
var leapYear = time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)

// Check returns an error unless expression is "off" or [CheckCron] accepts it.
func Check(expression string) error {
	if expression == Off {
		return nil
	}
	return check(expression, errForm)
}

// CheckCron returns an error unless expression is a cron expression of five fields that matches an existing date.
// Seconds, "@hourly" and time zones are refused, because Pulumi Deployments supports none of them. The error names the
// invalid fields, but not their content.
func CheckCron(expression string) error {
	return check(expression, errCron)
}

func check(expression string, form error) error {
	given := strings.Fields(expression)
	if len(given) != len(fields) {
		return form
	}
	var reasons []string
	for i, f := range fields {
		if err := f.check(given, i); err != nil {
			reasons = append(reasons, err.Error())
		}
	}
	if len(reasons) > 0 {
		return fmt.Errorf("%w: %s", form, strings.Join(reasons, ", and "))
	}
	parsed, err := parser.Parse(expression)
	if err != nil {
		return form // the parser's message would quote the input
	}
	if parsed.Next(leapYear).IsZero() {
		return errNever
	}
	return nil
}

var parser = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

// Default returns an hourly schedule at a minute derived from the names, so that a thousand syncs do not all start at
// the full hour. The same names always give the same minute.
func Default(names ...string) string {
	h := fnv.New32a()
	for _, name := range names {
		_, _ = h.Write([]byte(name + "\x00")) // never fails, by its contract
	}
	return fmt.Sprintf("%d * * * *", h.Sum32()%60)
}
