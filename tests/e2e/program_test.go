package e2e

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

const (
	project = "shop"
	stack   = project + "/dev"
	region  = "us-west-2"
)

// oneSync returns a Pulumi YAML program with one EscSync called db. properties is YAML without indentation.
func oneSync(properties string) string { return manySyncs(map[string]string{"db": properties}) }

// manySyncs returns a Pulumi YAML program with an EscSync for each name, like oneSync. One run of the engine then
// serves all.
func manySyncs(properties map[string]string) string {
	var text strings.Builder
	text.WriteString("name: " + project + "\nruntime: yaml\nresources:\n")
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		fmt.Fprintf(&text, "  %s:\n    type: escsync:EscSync\n    properties:\n%s", name, indent(properties[name], 6))
	}
	return text.String()
}

// renamed renames a resource of a YAML program, with an alias of the old name.
func renamed(program, from, to string) string {
	return strings.Replace(program, "  "+from+":\n", "  "+to+":\n    options: {aliases: [{name: "+from+"}]}\n", 1)
}

func indent(text string, by int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", by) + line
	}
	return strings.Join(lines, "\n") + "\n"
}

// awsSync pushes {user, password} to AWS Secrets Manager as prod/db, when triggered. password is a secret of the
// program.
const awsSync = quiet + `
value:
  user: bob
  password:
    fn::secret: hunter2
destination:
  awsSecretsManager: {name: prod/db, region: us-west-2}
`

// quiet keeps `pulumi up` from running the sync.
const quiet = `
initialSync: {enabled: false}
`

// unwatched disables the webhook, so that only the program starts runs.
const unwatched = `
onChange: false
`

// pushedAs returns awsSync for another secret, with runs by `pulumi up`.
func pushedAs(secret string) string {
	return strings.ReplaceAll(awsSync[len(quiet):], "prod/db", secret)
}

const awsTarget = "escsync-target/shop-dev-db"

func write(t *testing.T, h *harness.Harness, program string) string {
	t.Helper()
	dir, err := h.WriteProgram(program)
	require.NoError(t, err)
	return dir
}

func up(t *testing.T, h *harness.Harness, dir string, args ...string) *harness.Result {
	t.Helper()
	result, err := h.Up(t.Context(), dir, stack, args...)
	require.NoError(t, err)
	return result
}

// describe looks up a secret in AWS Secrets Manager.
func describe(t *testing.T, h *harness.Harness, region, name string) (*secretsmanager.DescribeSecretOutput, error) {
	t.Helper()
	return h.SecretsManager(region).DescribeSecret(t.Context(), &secretsmanager.DescribeSecretInput{SecretId: &name})
}

// secretARN returns the identity of a secret, which changes when the secret is created again.
func secretARN(t *testing.T, h *harness.Harness, name string) string {
	t.Helper()
	found, err := describe(t, h, region, name)
	require.NoError(t, err)
	require.Nil(t, found.DeletedDate, "%s is scheduled for deletion", name)
	return *found.ARN
}

func secretValue(t *testing.T, h *harness.Harness, name string) string {
	t.Helper()
	value, err := h.Secret(t.Context(), region, name)
	require.NoError(t, err)
	return value
}

// lastRun waits for the deployments of a target stack and returns the newest.
func lastRun(t *testing.T, h *harness.Harness, target string) pulumicloud.Deployment {
	t.Helper()
	deployments, err := h.WaitForDeployments(t.Context(), target)
	require.NoError(t, err)
	require.NotEmpty(t, deployments, "no deployment of %s was started", target)
	return deployments[len(deployments)-1]
}
