// Package long marks the tests that `make test-full` runs and `make test` skips.
package long

import (
	"os"
	"testing"
)

// Only skips a test unless ESCSYNC_FULL is set, as `make test-full` does.
func Only(t testing.TB) {
	t.Helper()
	if os.Getenv("ESCSYNC_FULL") == "" {
		t.Skip("only in `make test-full`: set ESCSYNC_FULL=1")
	}
}
