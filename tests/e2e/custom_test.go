package e2e

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

const customTarget = "../../examples/custom-target"

// targetProgram is a sync with a target program other than the built-in one.
type targetProgram struct {
	properties   string
	stack        string
	secret, want string
}

// targetPrograms returns an unmodified TypeScript program in the form of the published pattern, which reads sync.json
// and the configuration value secretName, and a mirror of the built-in program on a user's own git server.
func targetPrograms(t *testing.T) map[string]targetProgram {
	t.Helper()
	custom := `
source:
  repoUrl: file://` + harness.CommitFolder(t, customTarget, "sync/target") + `
  branch: main
  repoDir: sync/target
  project: secrets-manager-target
deployment:
  # Instead of an installation for each run.
  preRunCommands: ["ln -s ` + nodeModules(t, customTarget) + ` node_modules"]
  skipInstallDependencies: true
  # Type-checking the AWS SDK takes a minute.
  environmentVariables: {PULUMI_NODEJS_TRANSPILE_ONLY: "true"}
`
	return map[string]targetProgram{
		"value": {`
value:
  user: bob
  password:
    fn::secret: "p$a\"s'\n"
environmentValues:
  pulumiConfig: {"aws:region": us-west-2}
destination:
  custom: {name: custom/value}
` + custom, "secrets-manager-target/shop-dev-value", "custom/value", `{"user":"bob","password":"p$a\"s'\n"}`},
		// A definition in the pattern form.
		"definition": {`
definition: |
  values:
    sync:
      awsSecretsManager:
        name: custom/definition
        value: {user: bob, password: {fn::secret: "p$$a"}}
    pulumiConfig:
      aws:region: us-west-2
destination:
  custom: {}
` + custom, "secrets-manager-target/shop-dev-definition", "custom/definition", `{"user":"bob","password":"p$a"}`},
		"mirror": {
			strings.ReplaceAll(pushedAs("custom/mirror"), "hunter2", "p$a") + `
source:
  repoUrl: file://` + harness.CommitFolder(t, "../../program", "program") + `
  branch: main
`, "escsync-target/shop-dev-mirror", "custom/mirror", `{"user":"bob","password":"p$a"}`},
	}
}

func TestTargetProgramsOfOnesOwn(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{RealExecutor: true})
	programs, properties := targetPrograms(t), map[string]string{}
	for name, program := range programs {
		properties[name] = program.properties
	}
	up(t, h, write(t, h, manySyncs(properties)))
	for name, program := range programs {
		run := lastRun(t, h, program.stack)
		require.Equal(t, "succeeded", run.Status, "%s: %s", name, run.Log)
		assert.JSONEq(t, program.want, secretValue(t, h, program.secret))
		assert.NotContains(t, run.Log, "p$a")
		assert.NotContains(t, string(h.Cloud.StackState(harness.Organization+"/"+program.stack)), "p$a")
	}
}

// nodeModules returns the installed dependencies of a Node.js program, which the Makefile caches by its package.json.
func nodeModules(t *testing.T, program string) string {
	t.Helper()
	hash, err := exec.Command("git", "hash-object", filepath.Join(program, "package.json")).Output()
	require.NoError(t, err)
	cache, err := toolcache.Folder()
	require.NoError(t, err)
	modules := filepath.Join(cache, "node",
		fmt.Sprintf("%s-%.12s", filepath.Base(program), hash), "node_modules")
	require.DirExists(t, modules, "the dependencies are not installed: run `make test`")
	return modules
}
