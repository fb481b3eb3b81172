package limit

import (
	"errors"
	"fmt"
	"time"
)

// Duration are the shortest and the longest duration that something takes.
type Duration struct {
	// Least is at least a second. 0 stands for a second.
	Least time.Duration
	// Most is 0 where nothing limits it.
	Most time.Duration
	// Source is the page that the limits come from; empty where there are none.
	Source string
}

// Check returns what is wrong with a duration in Go's form, or nil. Whatever takes one counts in seconds.
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
