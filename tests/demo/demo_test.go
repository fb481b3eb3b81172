package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

// The demo runs with a destination that is not the default and whose servers start at once.
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

// The shell runs a user's own program. Its input may be a script.
func TestShell(t *testing.T) {
	t.Parallel()
	shown, err := findDestination("")
	require.NoError(t, err)
	var out bytes.Buffer
	d := &demo{report: newReport(&out), destination: shown}
	const script = `
sed -i 's/user: bob/user: carol/' Pulumi.yaml
pulumi stack init acme/dev && pulumi up --yes --skip-preview --non-interactive &&
	test -f "$ESCSYNC_REPOSITORY/sdk/sdk.mk" &&
	test "$(pulumi stack export | grep -c '"type": "pulumi:providers:escsync"')" = 1 # one plugin process
`
	require.NoError(t, d.shell(t.Context(), strings.NewReader(script)), "%s", &out)
	assert.Contains(t, out.String(), "awsSecretsManager holds 1 secrets\n")
	assert.NotContains(t, out.String(), "from $PATH", "the plugins are installed where the CLI looks for them")
	assert.Contains(t, out.String(), `name-in-secrets-manager = {"password":"change me","user":"carol"}`)

	d = &demo{report: newReport(&out), destination: shown}
	require.ErrorContains(t, d.shell(t.Context(), strings.NewReader("exit 3\n")), "exit status 3")
}

// The make target that CONTRIBUTING.md names for a TypeScript program in the shell also builds the language host, which
// a clone without an installed CLI lacks. Here make only prints its commands.
func TestTypeScriptInTheShellHasItsLanguageHost(t *testing.T) {
	t.Parallel()
	repository, err := toolcache.Repository()
	require.NoError(t, err)
	cache := t.TempDir()
	command := exec.CommandContext(t.Context(), "make", "--dry-run", "bin/sdk/nodejs.built", "ESCSYNC_CACHE="+cache,
		"PULUMI="+filepath.Join(cache, "bin", "pulumi"))
	command.Dir = repository
	output, err := command.CombinedOutput()
	require.NoError(t, err, "%s", output)
	assert.Regexp(t, `build-go-tool \S+/pulumi-language-nodejs `, string(output))
}

func TestNextNamesEveryOtherDestination(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	newReport(&out).next("awsParameterStore")
	for _, name := range destinationNames() {
		assert.Equal(t, name != "awsParameterStore", strings.Contains(out.String(), name), name)
	}
	assert.Contains(t, out.String(), "\n  make demo DESTINATION=awsSecretsManager   (or azureKeyVault, ")
}
