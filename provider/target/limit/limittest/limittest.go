// Package limittest tests limits against good and bad examples.
package limittest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// Long returns a text of n letters.
func Long(n int) string { return strings.Repeat("a", n) }

// Names checks that rule accepts the good names, and refuses each bad name with an error that contains its text.
func Names(t *testing.T, rule limit.Name, good []string, bad map[string]string) {
	t.Helper()
	assert.True(t, strings.HasPrefix(rule.Source, "https://"))
	for _, name := range good {
		require.NoError(t, rule.Check(name), name)
	}
	for name, want := range bad {
		require.ErrorContains(t, rule.Check(name), want, name)
	}
}

// Values checks the maximum size of values, and whether they may be empty.
func Values(t *testing.T, rule limit.Value, most int, empty bool) {
	t.Helper()
	assert.True(t, strings.HasPrefix(rule.Source, "https://"))
	require.NoError(t, rule.Check(strings.Repeat("x", most)))
	err := rule.Check(strings.Repeat("x", most+1))
	require.ErrorContains(t, err, "the platform accepts at most")
	assert.NotContains(t, err.Error(), "xx", "an error never contains the value")
	require.Error(t, rule.Check(strings.Repeat("é", most/2+1)), "bytes count, not characters")
	assert.Equal(t, empty, rule.Check("") == nil)
}

// Texts checks that the good texts are accepted and the bad ones refused.
func Texts(t *testing.T, check func(string) error, good, bad []string) {
	t.Helper()
	for _, text := range good {
		require.NoError(t, check(text), text)
	}
	for _, text := range bad {
		require.Error(t, check(text), text)
	}
}

// TagCases are good and bad keys and values of tags. Most is the maximum number of tags; 0 means no limit.
type TagCases struct {
	GoodKeys, BadKeys, GoodValues, BadValues []string
	Most                                     int
}

// Tags checks the limits on tags, labels, annotations or metadata.
func Tags(t *testing.T, rules limit.Tags, c TagCases) {
	t.Helper()
	checkAll := func(check func(string) error, what string, good, bad []string) {
		for _, text := range good {
			require.NoError(t, check(text), text)
		}
		for _, text := range bad {
			err := check(text)
			require.Error(t, err, text)
			assert.Regexp(t, `^`+what+` .* \(https://[^ ]+\)$`, err.Error(), text)
			if len(text) > 2 {
				assert.NotContains(t, err.Error(), text, "it may be secret")
			}
		}
	}
	checkAll(rules.CheckKey, "its key", c.GoodKeys, c.BadKeys)
	checkAll(rules.CheckValue, "its value", c.GoodValues, c.BadValues)
	if c.Most > 0 {
		require.NoError(t, rules.Check(c.Most, 1<<20))
		require.ErrorContains(t, rules.Check(c.Most+1, 0), "at most")
	} else {
		require.NoError(t, rules.Check(1000, rules.MaxBytes))
	}
}
