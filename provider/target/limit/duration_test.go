package limit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

func TestDurations(t *testing.T) {
	t.Parallel()
	hours := limit.Duration{Least: 15 * time.Minute, Most: 12 * time.Hour, Source: "https://example.com"}
	for name, test := range map[string]struct {
		limits limit.Duration
		text   string
		want   string
	}{
		"seconds":           {limit.Duration{}, "90s", ""},
		"a whole second":    {limit.Duration{}, "1000ms", ""},
		"long":              {limit.Duration{}, "1000h", ""},
		"empty":             {limit.Duration{}, "", "must be a duration such as 90s or 1h30m"},
		"no unit":           {limit.Duration{}, "90", "must be a duration such as 90s or 1h30m"},
		"negative":          {limit.Duration{}, "-90s", "must be a duration such as 90s or 1h30m"},
		"zero":              {limit.Duration{}, "0s", "must be a duration such as 90s or 1h30m"},
		"too fine":          {limit.Duration{}, "1ns", "must be a duration of whole seconds, such as 90s or 1h30m"},
		"a part of seconds": {limit.Duration{}, "1.5s", "must be a duration of whole seconds, such as 90s or 1h30m"},
		"the least":         {hours, "900s", ""},
		"the most":          {hours, "12h", ""},
		"too short":         {hours, "899s", "must be a duration from 15m0s to 12h0m0s (https://example.com)"},
		"too long":          {hours, "12h1s", "must be a duration from 15m0s to 12h0m0s (https://example.com)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.limits.Check(test.text)
			if test.want == "" {
				require.NoError(t, err)
			} else {
				require.EqualError(t, err, test.want)
			}
		})
	}
}
