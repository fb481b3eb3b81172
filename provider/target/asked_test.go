package target

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Failed requests are reported one by one, without the provider's error. Refusals are reported in full.
func TestQuestions(t *testing.T) {
	t.Parallel()
	answer := errors.New("no such profile hunter2")
	one, two := Asked("looking up a on the platform", answer), Asked("looking up b on the platform", answer)
	require.ErrorIs(t, one, answer)
	require.EqualError(t, one, "looking up a on the platform: no such profile hunter2")
	require.NoError(t, Asked("looking up a on the platform", nil))
	assert.Equal(t, []string{
		"looking up a on the platform failed, so nothing was changed",
		"looking up b on the platform failed, so nothing was changed",
	}, questions(errors.Join(one, answer, fmt.Errorf("registering: %w", two))))
	assert.Empty(t, questions(answer))
	assert.Equal(t, []string{"a is wrong", "b is wrong"},
		questions(errors.Join(refused{"a is wrong", "b is wrong"}, answer)))
}
