package benchmarks

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A whole sync run, as in Pulumi Deployments: the clone, the pre-run commands, the program. The first writes one
// secret, the second finds nothing to do.
func BenchmarkRun(b *testing.B) {
	benchmarkRuns(b, "awsSecretsManager: {name: prod/db, region: us-west-2}", 3)
}

// A sync run of many keys, one secret for each: the first, and one that finds nothing to do. Parameter Store is
// written and read one at a time.
func BenchmarkKeys(b *testing.B) {
	for _, platform := range []string{"awsSecretsManager", "awsParameterStore"} {
		for _, keys := range []int{10, 100, 1000} {
			b.Run(fmt.Sprintf("%s/keys=%d", platform, keys), func(b *testing.B) {
				path := map[string]string{"awsSecretsManager": "prod", "awsParameterStore": "/prod"}[platform]
				benchmarkRuns(b, fmt.Sprintf("%s: {path: %s, region: us-west-2}", platform, path), keys)
			})
		}
	}
}

func benchmarkRuns(b *testing.B, destination string, keys int) {
	b.Helper()
	var f figures
	for range b.N {
		h := harness.New(b, harness.Options{RealExecutor: true})
		first, again := runs(b, h, destination, keys)
		f.add("first-cpu-s", first.cpu)
		f.add("first-s", first.clock)
		f.add("again-cpu-s", again.cpu)
		f.add("again-s", again.clock)
		f.add("again/first", again.cpu/first.cpu)
	}
	f.report(b)
}

// runs are the first run of a sync, and one that finds nothing to do.
func runs(b *testing.B, h *harness.Harness, destination string, keys int) (first, again measured) {
	b.Helper()
	p := start(b, h, "shop", runProgram(destination, keys))
	if err := p.run(b, []string{"up", "--yes", "--skip-preview"}); err != nil {
		b.Fatal(err)
	}
	first = measure(b, func() error { return scheduledRun(b, h) })
	again = measure(b, func() error { return scheduledRun(b, h) })
	return first, again
}

// runProgram has one sync of a number of keys, which only its schedule runs.
func runProgram(destination string, keys int) string {
	var value strings.Builder
	for i := range keys {
		fmt.Fprintf(&value, "        key%d: {fn::secret: value %d}\n", i, i)
	}
	return fmt.Sprintf(`name: shop
runtime: yaml
resources:
  db:
    type: escsync:EscSync
    properties:
      value:
%s      destination:
        %s
      initialSync: {enabled: false}
    options:
      version: %s
      pluginDownloadURL: %s
`, value.String(), destination, version.Version, version.PluginDownloadURL)
}

// scheduledRun lets the schedule start a run, and waits for its end. No command of the CLI is needed for that.
func scheduledRun(b *testing.B, h *harness.Harness) error {
	b.Helper()
	h.Cloud.AdvanceClock(time.Hour)
	runs, err := h.WaitForDeployments(b.Context(), "escsync-target/shop-dev-db")
	if err != nil {
		return err
	}
	if last := runs[len(runs)-1]; last.Status != "succeeded" {
		return fmt.Errorf("the run is %s:\n%s", last.Status, last.Log)
	}
	return nil
}
