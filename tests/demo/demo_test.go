package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// The demo is run with a destination that is not the default, whose servers start at once.
func TestDemo(t *testing.T) {
	t.Parallel()
	shown, err := findDestination("githubSecrets")
	require.NoError(t, err)
	var out bytes.Buffer
	d := &demo{report: newReport(&out), destination: shown}
	err = d.run(t.Context())
	require.NoError(t, err, "%s", &out)
	assert.Contains(t, out.String(), "githubSecrets/actions/app/MYSECRET = ********\n")
	assert.Contains(t, out.String(), "started by webhook: succeeded")
	assert.Contains(t, out.String(), "no process and no temporary folder left\n")
	for _, password := range []string{firstPassword, secondPassword} {
		assert.Empty(t, harness.Leaks([]harness.Text{{Name: "the report", Content: out.String()}}, password))
	}
}

func TestNextNamesEveryOtherDestination(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	newReport(&out).next("awsParameterStore")
	assert.Equal(t, `
What to try next:
  make demo DESTINATION=awsSecretsManager   (or azureKeyVault, gcpSecretManager, githubSecrets, vault, kubernetes)
  examples/yaml is the program, docs/destinations.md has every setting
  "Quick start with Pulumi Cloud" in README.md is the same with an account
`, out.String())
}
