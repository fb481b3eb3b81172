package schedule

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"github.com/robfig/cron/v3"
)

// field is one field of a cron expression.
type field struct {
	name, accepts string
	// of returns the field of a parsed expression, one bit for each time.
	of func(*cron.SpecSchedule) uint64
}

// fields are the fields that Pulumi Deployments accepts, in UTC
// (https://www.pulumi.com/docs/pulumi-cloud/deployments/reference/#scheduled-deployments).
var fields = []field{
	{"minute", "0 to 59", func(s *cron.SpecSchedule) uint64 { return s.Minute }},
	{"hour", "0 to 23", func(s *cron.SpecSchedule) uint64 { return s.Hour }},
	{"day of the month", "1 to 31", func(s *cron.SpecSchedule) uint64 { return s.Dom }},
	{"month", "1 to 12 or JAN to DEC", func(s *cron.SpecSchedule) uint64 { return s.Month }},
	{"day of the week", "0 to 6, from Sunday, or SUN to SAT", func(s *cron.SpecSchedule) uint64 { return s.Dow }},
}

// check returns an error if field i of an expression is invalid.
func (f field) check(given []string, i int) error {
	for part := range strings.SplitSeq(given[i], ",") {
		ranged, step, stepped := strings.Cut(part, "/")
		times, ok := f.times(ranged, i)
		if !ok || strings.HasPrefix(ranged, "*-") || strings.HasPrefix(ranged, "?-") {
			return fmt.Errorf("the %s accepts %s, * or a range", f.name, f.accepts)
		}
		if !strings.Contains(ranged, "-") {
			times, _ = f.times("*", i) // after a single time, a step continues to the end of the field
		}
		// The parser accepts a step of any length, but a step of 100 minutes would run every hour.
		if number, err := strconv.Atoi(step); stepped && (err != nil || number < 1 || number > times) {
			return fmt.Errorf("the step of the %s must be 1 to %d", f.name, times)
		}
	}
	return nil
}

// times returns how many times a range covers, and false if the range is invalid.
func (f field) times(ranged string, i int) (int, bool) {
	if ranged == "" {
		return 0, false
	}
	alone := []string{"*", "*", "*", "*", "*"}
	alone[i] = ranged
	if strings.HasPrefix(alone[0], "@") || strings.Contains(alone[0], "TZ=") {
		return 0, false
	}
	parsed, err := parser.Parse(strings.Join(alone, " "))
	spec, ok := parsed.(*cron.SpecSchedule)
	if err != nil || !ok {
		return 0, false
	}
	const star = 1 << 63 // a bit that the parser sets for *
	return bits.OnesCount64(f.of(spec) &^ star), true
}
