package syncrun

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

const (
	stack  = "shop/dev"
	target = "tgt/dev"
)

// bench is a harness with a target program, whose deployments do what files in a folder tell them.
type bench struct {
	*harness.Harness
	t       *testing.T
	signals string
	source  string
}

func newBench(t *testing.T, opts harness.Options) bench {
	t.Helper()
	return newBenchOn(t, harness.New(t, opts))
}

func newBenchOn(t *testing.T, h *harness.Harness) bench {
	t.Helper()
	b := bench{Harness: h, t: t, signals: t.TempDir(), source: t.TempDir()}
	require.NoError(
		t,
		os.WriteFile(
			filepath.Join(b.source, "Pulumi.yaml"),
			[]byte("name: tgt\nruntime: yaml\noutputs:\n  done: yes\n"),
			0o600,
		),
	)
	for _, args := range [][]string{
		{"init", "--quiet", "--initial-branch=main"}, {"add", "--all"},
		{"-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", "target"},
	} {
		cmd := exec.CommandContext(t.Context(), "git", args...)
		cmd.Dir = b.source
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
	}
	return b
}

// signal makes deployments do as the file says: "hold" keeps them from going on, "fail" makes them fail.
func (b bench) signal(name string) {
	require.NoError(b.t, os.WriteFile(filepath.Join(b.signals, name), nil, 0o600))
}

func (b bench) unsignal(name string) {
	require.NoError(b.t, os.Remove(filepath.Join(b.signals, name)))
}

// program writes a program with a target stack, its settings, a Teardown, and the given further resources, which can
// refer to these.
func (b bench) program(runs string) string {
	text := fmt.Sprintf(`name: shop
runtime: yaml
resources:
  stack:
    type: pulumiservice:Stack
    properties: {organizationName: acme, projectName: tgt, stackName: dev, forceDestroy: true}
  settings:
    type: pulumiservice:DeploymentSettings
    properties:
      organization: acme
      project: tgt
      stack: ${stack.stackName}
      sourceContext: {git: {repoUrl: 'file://%s', branch: refs/heads/main}}
      operationContext:
        preRunCommands:
          - 'while test -e %[2]s/hold; do sleep 0.05; done; ! test -e %[2]s/fail'
        options: {skipInstallDependencies: true, skipIntermediateDeployments: true}
  teardown:
    type: escsync:Teardown
    properties: {organization: acme, project: tgt, stack: '${stack.stackName}'}
    options: {dependsOn: ['${settings}']}
%s`, b.source, b.signals, runs)
	dir, err := b.WriteProgram(text)
	require.NoError(b.t, err)
	return dir
}

// run is a SyncRun of the target stack; extra are lines of YAML for its properties.
func run(name string, revision int, extra ...string) string {
	return fmt.Sprintf(`  %s:
    type: escsync:SyncRun
    properties:
      organization: acme
      project: tgt
      stack: dev
      triggers: {revision: %d}
      %s
    options: {dependsOn: ['${teardown}']}
`, name, revision, strings.Join(extra, "\n      "))
}

// deployments lists what was run in the target stack: operation and status.
func (b bench) deployments() []string {
	var all []string
	for _, d := range b.Deployments(target) {
		all = append(all, d.Operation+" "+d.Status)
	}
	return all
}

// settle waits for what is under way in the target stack, and lists all.
func (b bench) settle() []string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), time.Minute)
	defer cancel()
	_, err := b.WaitForDeployments(ctx, target)
	require.NoError(b.t, err)
	return b.deployments()
}

// until waits for a number of deployments of the target stack.
func (b bench) until(count int) {
	b.t.Helper()
	require.Eventually(b.t, func() bool { return len(b.Deployments(target)) >= count }, time.Minute, 20*time.Millisecond)
}
