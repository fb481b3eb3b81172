package syncrun

import (
	"fmt"
	"os"
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

// fixture is a harness with a target program. Files in a folder control its deployments.
type fixture struct {
	*harness.Harness
	t       *testing.T
	signals string
	source  string
}

func newFixture(t *testing.T, opts harness.Options) fixture {
	t.Helper()
	return newFixtureOn(t, harness.New(t, opts))
}

func newFixtureOn(t *testing.T, h *harness.Harness) fixture {
	t.Helper()
	program := t.TempDir()
	require.NoError(t, os.WriteFile(
		filepath.Join(program, "Pulumi.yaml"), []byte("name: tgt\nruntime: yaml\noutputs:\n  done: yes\n"), 0o600))
	return fixture{Harness: h, t: t, signals: t.TempDir(), source: harness.CommitFolder(t, program, ".")}
}

// signal creates a file that controls deployments: "hold" blocks them, and "fail" makes them fail.
func (f fixture) signal(name string) {
	require.NoError(f.t, os.WriteFile(filepath.Join(f.signals, name), nil, 0o600))
}

func (f fixture) unsignal(name string) {
	require.NoError(f.t, os.Remove(filepath.Join(f.signals, name)))
}

// program writes a program with an EscSync that starts no run by itself but has a teardown, and the given further
// resources, which can refer to it.
func (f fixture) program(runs string) string {
	text := fmt.Sprintf(`name: shop
runtime: yaml
resources:
  sync:
    type: escsync:EscSync
    properties:
      value: {user: u}
      destination: {custom: {}}
      source: {repoUrl: 'file://%s', branch: main, project: tgt}
      stackName: dev
      schedule: 'off'
      onChange: false
      initialSync: {enabled: false}
      deployment:
        skipInstallDependencies: true
        preRunCommands:
          - 'while test -e %[2]s/hold; do sleep 0.05; done; ! test -e %[2]s/fail'
%s`, f.source, f.signals, runs)
	dir, err := f.WriteProgram(text)
	require.NoError(f.t, err)
	return dir
}

// run returns a SyncRun of the target stack. extra are YAML lines for its properties.
func run(name string, revision int, extra ...string) string {
	return fmt.Sprintf(`  %s:
    type: escsync:SyncRun
    properties:
      organization: acme
      project: tgt
      stack: dev
      triggers: {revision: %d}
      %s
    options: {dependsOn: ['${sync}']}
`, name, revision, strings.Join(extra, "\n      "))
}

// deployments returns operation and status of the target stack's deployments.
func (f fixture) deployments() []string {
	var all []string
	for _, d := range f.Deployments(target) {
		all = append(all, d.Operation+" "+d.Status)
	}
	return all
}

// until waits until the target stack has a number of deployments.
func (f fixture) until(count int) {
	f.t.Helper()
	require.Eventually(f.t, func() bool { return len(f.Deployments(target)) >= count }, time.Minute, 20*time.Millisecond)
}
