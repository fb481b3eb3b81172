package main

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

func TestReportHidesSecretsInEveryFormThatItPrints(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	r := newReport(&out)
	clock := time.Unix(0, 0)
	r.now = func() time.Time { clock = clock.Add(250 * time.Millisecond); return clock }
	r.hide(secondPassword)
	r.hide(firstPassword) // shares its last line with the second

	require.NoError(t, r.step("Look", time.Second, func() ([]string, error) {
		return []string{"plain: " + firstPassword, "as JSON: " + harness.PatternSecret(firstPassword)}, nil
	}))
	assert.Equal(t, `1  Look                                                                         1.2 s
   plain: ********
   as JSON: {"myConfigKey":"foo, from ESC","myNestedKey":{"haha":"bar, from ESC"},"mySecret":"********"}
`, out.String())
}

func TestReportPrintsWhatWasFoundBeforeAFailure(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	r := newReport(&out)
	failure := errors.New("it differs")
	err := r.step("Look", 0, func() ([]string, error) { return []string{"a finding"}, failure })
	require.ErrorIs(t, err, failure)
	require.EqualError(t, err, "step 1: it differs")
	assert.Contains(t, out.String(), "\n   a finding\n")
}
