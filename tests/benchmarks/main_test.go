package benchmarks

import (
	"fmt"
	"os"
	"testing"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

func TestMain(m *testing.M) {
	if _, err := harness.FindTools(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}
