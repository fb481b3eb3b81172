package messages_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/messages"
)

func TestSays(t *testing.T) {
	t.Parallel()
	texts := []string{"has %d bytes, and the platform takes at most %d (%s)"}
	assert.True(t, messages.Says(texts, "has … bytes, and the platform takes at most …"))
	assert.False(t, messages.Says(texts, "has … bytes, and the platform takes at least …"))
	assert.False(t, messages.Says(texts, "takes at most … bytes"))
}

// One of each kind: a call of fail, of Problem, of Add, a text that is returned, one that is put together, an error.
func TestProblemsAreFound(t *testing.T) {
	t.Parallel()
	problems, err := messages.Problems("../..")
	require.NoError(t, err)
	for _, text := range []string{
		"must have branch or commit",
		"is for the kind Secret only",
		"must be %s, not %s",
		"must not consist of periods only",
		"must have at most %d characters, has %d",
		`must be "off" or a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly)`,
	} {
		assert.Contains(t, problems, text)
	}
	assert.NotContains(t, problems, "%s")
	all, err := messages.All("../..")
	require.NoError(t, err)
	assert.Greater(t, len(all), len(problems))
}
