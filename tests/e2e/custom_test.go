package e2e

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

const customTarget = "../../examples/custom-target"

// A TypeScript program in the shape of the published pattern's runs unmodified: it reads sync.json and the
// configuration value secretName.
func TestCustomTypeScriptTarget(t *testing.T) {
	t.Parallel()
	const value = quiet + "\nvalue:\n  user: bob\n  password:\n    fn::secret: \"p$a\\\"s'\\n\"\n"
	const published = quiet + `
definition: |
  values:
    sync:
      awsSecretsManager:
        name: custom/definition
        value: {user: bob, password: {fn::secret: "p$$a"}}
    pulumiConfig:
      aws:region: us-west-2
`
	for name, test := range map[string]struct{ properties, secret, want string }{
		"value": {value + "environmentValues:\n  pulumiConfig: {\"aws:region\": us-west-2}\n" +
			"destination:\n  custom: {name: custom/value}\n", "custom/value",
			`{"user":"bob","password":"p$a\"s'\n"}`},
		"definition in the pattern's own form": {published + "destination:\n  custom: {}\n", "custom/definition",
			`{"user":"bob","password":"p$a"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := harness.New(t, harness.Options{})
			const target = "secrets-manager-target/shop-dev-db"
			up(t, h, write(t, h, sync(test.properties+`
source:
  repoUrl: file://`+harness.CommitFolder(t, customTarget, "sync/target")+`
  branch: main
  repoDir: sync/target
  project: secrets-manager-target
deployment:
  # Instead of an installation for each run.
  preRunCommands: ["ln -s `+nodeModules(t, customTarget)+` node_modules"]
  skipInstallDependencies: true
  # Type-checking the AWS SDK takes a minute.
  environmentVariables: {PULUMI_NODEJS_TRANSPILE_ONLY: "true"}
`)))
			_, err := h.Deploy(t.Context(), "update", target)
			require.NoError(t, err)
			run := lastRun(t, h, target)
			require.Equal(t, "succeeded", run.Status, run.Log)
			assert.JSONEq(t, test.want, secretValue(t, h, test.secret))
			assert.NotContains(t, run.Log, "p$a")
			assert.NotContains(t, string(h.Cloud.StackState(harness.Organization+"/"+target)), "p$a")
		})
	}
}

// A mirror of the built-in program, on a git server of one's own.
func TestMirrorOfTheBuiltInProgram(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	up(t, h, write(t, h, sync(awsSync+`
source:
  repoUrl: file://`+harness.CommitFolder(t, "../../program", "program")+`
  branch: main
`)))
	_, err := h.Deploy(t.Context(), "update", awsTarget)
	require.NoError(t, err)
	run := lastRun(t, h, awsTarget)
	require.Equal(t, "succeeded", run.Status, run.Log)
	assert.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/db"))
}

// nodeModules returns the installed dependencies of a Node.js program, which the Makefile keeps by the program's
// package.json.
func nodeModules(t *testing.T, program string) string {
	t.Helper()
	hash, err := exec.Command("git", "hash-object", filepath.Join(program, "package.json")).Output()
	require.NoError(t, err)
	cache, err := toolcache.Folder()
	require.NoError(t, err)
	modules := filepath.Join(cache, "node",
		fmt.Sprintf("%s-%.12s", filepath.Base(program), hash), "node_modules")
	require.DirExists(t, modules, "the dependencies are not installed: run `make test_e2e`")
	return modules
}
