package limit

import (
	"errors"
	"fmt"
	"time"
)

// Duration limits a duration.
type Duration struct {
	// Least is the minimum, at least a second. 0 means one second.
	Least time.Duration
	// Most is the maximum. 0 means no maximum.
	Most time.Duration
	// Source is the page that documents the limits. It is empty if there are none.
	Source string
}

// Check returns what is wrong with a duration in Go syntax, or nil. Fractions of a second are refused, because every
// user of a Duration counts in seconds.
func (l Duration) Check(text string) error {
	d, err := time.ParseDuration(text)
	switch {
	case err != nil || d <= 0:
		return errors.New("must be a duration such as 90s or 1h30m")
	case d%time.Second != 0:
		return errors.New("must be a duration of whole seconds, such as 90s or 1h30m")
	case d < l.Least || l.Most != 0 && d > l.Most:
		return fmt.Errorf("must be a duration from %s to %s%s", l.Least, l.Most, l.source())
	}
	return nil
}

func (l Duration) source() string {
	if l.Source == "" {
		return ""
	}
	return " (" + l.Source + ")"
}
