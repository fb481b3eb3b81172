package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

var repository = filepath.Join("..", "..")

func TestFindDestination(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"": "awsSecretsManager", "githubSecrets": "githubSecrets"} {
		found, err := findDestination(name)
		require.NoError(t, err)
		assert.Equal(t, want, found.Name)
	}
	_, err := findDestination("vault kubernetes")
	require.EqualError(t, err, `there is no destination "vault kubernetes" to show: use one of `+
		strings.Join(destinationNames(), ", "))
}

// A misspelled name is reported before make builds anything that takes long.
func TestTheMakefileAsksTheDemo(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), "make", "--no-print-directory", "demo", "DESTINATION=nonsense")
	cmd.Dir = repository
	output, err := cmd.CombinedOutput()
	require.Error(t, err)
	assert.Contains(t, string(output), `there is no destination "nonsense" to show: use one of `)
	assert.NotContains(t, string(output), "building")
}

func TestTheProgramIsTheExample(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile(filepath.Join(repository, program, "Pulumi.yaml"))
	require.NoError(t, err)
	shown, err := findDestination("")
	require.NoError(t, err)
	first, err := shown.program(string(example))
	require.NoError(t, err)
	assert.Equal(t, string(example), first)

	other := destination{Name: "vault", Demo: platforms.Demo{Settings: "{name: prod/$shop}"}}
	text, err := other.program(string(example))
	require.NoError(t, err)
	same, block, found := strings.Cut(text, "      destination:\n")
	require.True(t, found)
	assert.True(t, strings.HasPrefix(string(example), same))
	block, options, found := strings.Cut(block, "    options:\n")
	require.True(t, found)
	assert.Equal(t, "        vault: {name: prod/$shop}\n", block)
	assert.True(t, strings.HasSuffix(string(example), options))

	_, err = other.program(string(example) + string(example))
	require.Error(t, err)
	_, err = other.program("resources: {}\n")
	require.Error(t, err)
}
