package benchmarks

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

// operations are what a user does with a program, in their order.
var operations = []struct {
	name string
	args []string
}{
	{"preview", []string{"preview"}},
	{"first", []string{"up", "--yes", "--skip-preview"}},
	{"unchanged", []string{"up", "--yes", "--skip-preview"}},
	{"destroy", []string{"destroy", "--yes", "--skip-preview"}},
}

// The user's own commands for several syncs, compared with the five resources of the published pattern for each, also
// in YAML. The two alternate, and the results are ratios of processor seconds. No sync runs: see BenchmarkRun.
func BenchmarkControlPlane(b *testing.B) {
	plugin := pluginPath(b)
	for _, syncs := range []int{1, 10, 50, 200, 1000} {
		b.Run(fmt.Sprintf("syncs=%d", syncs), func(b *testing.B) {
			var f figures
			for range b.N {
				h := harness.New(b, harness.Options{})
				ours, byHand := start(b, h, "ours", ourProgram(syncs)), start(b, h, "by-hand", programByHand(syncs))
				stop := watchMemory(plugin)
				for _, operation := range operations {
					a := measure(b, func() error { return ours.run(b, operation.args) })
					other := measure(b, func() error { return byHand.run(b, operation.args) })
					f.add(operation.name+"-cpu-s", a.cpu)
					f.add(operation.name+"-ratio", a.cpu/other.cpu)
				}
				f.add("plugin-MB", stop())
			}
			f.report(b)
		})
	}
}

// pluginPath is the provider's binary.
func pluginPath(b *testing.B) string {
	b.Helper()
	repository, err := toolcache.Repository()
	if err != nil {
		b.Fatal(err)
	}
	path, err := filepath.EvalSymlinks(filepath.Join(repository, "bin", "pulumi-resource-escsync"))
	if err != nil {
		b.Fatal(err)
	}
	return path
}

// program is one in its folder, with a stack.
type program struct {
	h          *harness.Harness
	dir, stack string
}

// start writes a program, and makes its stack.
func start(b *testing.B, h *harness.Harness, name, text string) program {
	b.Helper()
	dir, err := h.WriteProgram(text)
	if err != nil {
		b.Fatal(err)
	}
	p := program{h, dir, harness.Organization + "/" + name + "/dev"}
	if _, err := h.Pulumi(b.Context(), dir, "stack", "init", p.stack); err != nil {
		b.Fatal(err)
	}
	return p
}

func (p program) run(b *testing.B, args []string) error {
	_, err := p.h.Pulumi(b.Context(), p.dir, append(args, "--stack", p.stack, "--non-interactive", "--color=never")...)
	return err
}

// ourProgram has a number of syncs, each of a value with three keys.
func ourProgram(syncs int) string {
	var text strings.Builder
	text.WriteString("name: ours\nruntime: yaml\nresources:\n")
	for i := range syncs {
		fmt.Fprintf(&text, `
  sync%[1]d:
    type: escsync:EscSync
    properties:
      value: {host: db%[1]d.example.com, user: bob, password: {fn::secret: hunter2}}
      destination:
        awsSecretsManager: {name: prod/db%[1]d, region: us-west-2}
      initialSync: {enabled: false}
    options:
      version: %[2]s
      pluginDownloadURL: %[3]s
`, i, version.Version, version.PluginDownloadURL)
	}
	return text.String()
}

// programByHand has the resources of the published pattern for the same.
func programByHand(syncs int) string {
	var text strings.Builder
	text.WriteString("name: by-hand\nruntime: yaml\nresources:\n")
	for i := range syncs {
		fmt.Fprintf(&text, `
  environment%[1]d:
    type: pulumiservice:Environment
    properties:
      organization: %[2]s
      project: by-hand
      name: sync%[1]d
      yaml:
        fn::stringAsset:
          fn::secret: |
            values:
              sync:
                awsSecretsManager:
                  name: prod/db%[1]d
                  value: {host: db%[1]d.example.com, user: bob, password: {fn::secret: hunter2}}
              pulumiConfig:
                aws:region: us-west-2
  stack%[1]d:
    type: pulumiservice:Stack
    properties: {organizationName: %[2]s, projectName: target, stackName: sync%[1]d}
  settings%[1]d:
    type: pulumiservice:DeploymentSettings
    properties:
      organization: ${stack%[1]d.organizationName}
      project: ${stack%[1]d.projectName}
      stack: ${stack%[1]d.stackName}
      sourceContext: {git: {repoUrl: "https://example.com/target", branch: main, repoDir: sync/target}}
      operationContext:
        environmentVariables: {AWS_REGION: us-west-2}
        preRunCommands:
          - pulumi env open %[2]s/by-hand/sync%[1]d sync.awsSecretsManager.value > sync.json
          - pulumi config set -s %[2]s/target/sync%[1]d secretName
            "$(pulumi env open %[2]s/by-hand/sync%[1]d sync.awsSecretsManager.name --format string)"
    options: {dependsOn: ["${environment%[1]d}"]}
  schedule%[1]d:
    type: pulumiservice:DeploymentSchedule
    properties:
      organization: ${settings%[1]d.organization}
      project: ${settings%[1]d.project}
      stack: ${settings%[1]d.stack}
      scheduleCron: 0 * * * *
      pulumiOperation: update
  webhook%[1]d:
    type: pulumiservice:Webhook
    properties:
      organizationName: ${environment%[1]d.organization}
      projectName: ${environment%[1]d.project}
      environmentName: ${environment%[1]d.name}
      displayName: sync on change
      format: pulumi_deployments
      payloadUrl: target/sync%[1]d
      filters: [environment_revision_created]
      active: true
    options: {dependsOn: ["${settings%[1]d}"]}
`, i, harness.Organization)
	}
	return text.String()
}
