package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

const (
	project = "shop"
	stack   = project + "/dev"
	region  = "us-west-2"
)

// sync is a Pulumi YAML program with one EscSync called db, whose properties are given as YAML without indentation.
func sync(properties string) string {
	return fmt.Sprintf("name: %s\nruntime: yaml\nresources:\n  db:\n    type: escsync:EscSync\n    properties:\n%s",
		project, indent(properties, 6))
}

func indent(text string, by int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", by) + line
	}
	return strings.Join(lines, "\n") + "\n"
}

// awsSync pushes {user, password} to AWS Secrets Manager as prod/db, when it is told to. Password is a secret of the
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
