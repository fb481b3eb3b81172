package e2e

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A preview of the user's own program says by name what the run will do on the platform, and no value.
func TestPreviewShowsTheSecretsByName(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := func(value string) string {
		return write(t, h, oneSync(unwatched+"environmentValues: {x: ab}\nvalue: "+value+
			"\ndestination: {awsSecretsManager: {path: prod/db, region: "+region+"}}\n"))
	}
	up(t, h, program("{user: bob, password: {fn::secret: hunter2}, old: x}"))
	result, err := h.Preview(t.Context(), program("{user: bob, password: {fn::secret: hunter3}, token: 'n-$${x}'}"), stack,
		"--diff")
	require.NoError(t, err)
	plain := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(result.Stdout+result.Stderr, "")
	assert.Regexp(t, `\+ prod/db/token\s*: \[secret\]`, plain)
	assert.Regexp(t, `~ prod/db/password\s*: \[secret\] => \[secret\]`, plain)
	assert.Regexp(t, `- prod/db/old\s*: \[secret\]`, plain)
	assert.NotContains(t, plain, "hunter")
}
