package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// If a whole definition is secret, no name of a secret shows, neither at preview nor in the program's state.
func TestNamesOfASecretDefinition(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := func(key string) string {
		return write(t, h, oneSync(unwatched+`
destination: {awsSecretsManager: {region: `+region+`}}
definition:
  fn::secret: |
    values:
      sync:
        awsSecretsManager:
          path: prod/db
          value: {`+key+`: x}
`))
	}
	up(t, h, program("first-marker"))
	require.Equal(t, "x", secretValue(t, h, "prod/db/first-marker"))
	second := program("second-marker")
	result, err := h.Preview(t.Context(), second, stack, "--diff")
	require.NoError(t, err)
	assert.NotContains(t, result.Stdout+result.Stderr, "-marker")
	assert.Contains(t, result.Stdout, "~ definition: [secret] => [secret]")
	state, err := h.Export(t.Context(), second, stack)
	require.NoError(t, err)
	assert.NotContains(t, string(state), "-marker")
}
