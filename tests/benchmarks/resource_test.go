package benchmarks

import (
	"slices"
	"testing"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/vault"
)

// A sync run of 50 keys through the general destination, compared with Vault's own. The two alternate, each on its own
// Vault. The results are the ratios of processor seconds and of elapsed time.
func BenchmarkResource(b *testing.B) {
	var f figures
	for range b.N {
		first, again := runsOn(b, "resource on Vault")
		firstBuiltIn, againBuiltIn := runsOn(b, "vault KV v2")
		f.add("first-cpu-s", first.cpu)
		f.add("first-cpu-ratio", first.cpu/firstBuiltIn.cpu)
		f.add("first-s", first.clock)
		f.add("first-clock-ratio", first.clock/firstBuiltIn.clock)
		f.add("again-cpu-s", again.cpu)
		f.add("again-cpu-ratio", again.cpu/againBuiltIn.cpu)
		f.add("again-s", again.clock)
		f.add("again-clock-ratio", again.clock/againBuiltIn.clock)
	}
	f.report(b)
}

// runsOn are the first run of a sync to a row of Vault's, and one that finds nothing to do.
func runsOn(b *testing.B, name string) (first, again measured) {
	b.Helper()
	i := slices.IndexFunc(vault.Destination.Rows, func(row platforms.Row) bool { return row.Name == name })
	server, err := vault.Start(b.Context(), vault.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := server.Close(); err != nil {
			b.Error(err)
		}
	}()
	h := harness.New(b, harness.Options{RealExecutor: true, Environment: server.Environment()})
	return runs(b, h, vault.Destination.Rows[i].Destination, 50)
}
