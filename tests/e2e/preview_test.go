package e2e

import (
	"os"
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

	page, err := os.ReadFile("../../docs/preview.md")
	require.NoError(t, err)
	for _, shown := range []string{`(?s) *~ secrets: \{.*?\n *\}\n`, `(?m)^1 to add.*$`} {
		text := regexp.MustCompile(shown).FindString(plain)
		require.NotEmpty(t, text, plain)
		assert.Contains(t, string(page), text)
	}
}
