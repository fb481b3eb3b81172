package schedule

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"github.com/robfig/cron/v3"
)

// field is one of the fields of a cron expression.
type field struct {
	name, accepts string
	// of is what the parser made of it: a bit for each time.
	of func(*cron.SpecSchedule) uint64
}

// fields are those that Pulumi Deployments takes, in UTC
// (https://www.pulumi.com/docs/pulumi-cloud/deployments/reference/#scheduled-deployments).
var fields = []field{
	{"minute", "0 to 59", func(s *cron.SpecSchedule) uint64 { return s.Minute }},
	{"hour", "0 to 23", func(s *cron.SpecSchedule) uint64 { return s.Hour }},
	{"day of the month", "1 to 31", func(s *cron.SpecSchedule) uint64 { return s.Dom }},
	{"month", "1 to 12 or JAN to DEC", func(s *cron.SpecSchedule) uint64 { return s.Month }},
	{"day of the week", "0 to 6, from Sunday, or SUN to SAT", func(s *cron.SpecSchedule) uint64 { return s.Dow }},
}

// check returns what is wrong with the field at i of an expression, or nil.
func (f field) check(given []string, i int) error {
	for part := range strings.SplitSeq(given[i], ",") {
		ranged, step, stepped := strings.Cut(part, "/")
		times, ok := f.times(ranged, i)
		if !ok || strings.HasPrefix(ranged, "*-") || strings.HasPrefix(ranged, "?-") {
			return fmt.Errorf("the %s accepts %s, * or a range", f.name, f.accepts)
		}
		if !strings.Contains(ranged, "-") {
			times, _ = f.times("*", i) // a step goes on from a single time to the end
		}
		// The parser takes a step of any length: what is meant for every 100 minutes would come every hour.
		if number, err := strconv.Atoi(step); stepped && (err != nil || number < 1 || number > times) {
			return fmt.Errorf("the step of the %s must be 1 to %d", f.name, times)
		}
	}
	return nil
}

// times is how many times a range stands for.
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
	const star = 1 << 63 // the parser's own mark
	return bits.OnesCount64(f.of(spec) &^ star), true
}
