package benchmarks

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A preview of 50 syncs that the service checks, compared with one in which the service refuses each check at once. The
// two alternate. The results are the ratios of processor seconds and of elapsed time.
func BenchmarkCheck(b *testing.B) {
	var refused atomic.Int32
	refuse := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/yaml/check") {
				refused.Add(1)
				w.WriteHeader(http.StatusForbidden)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	checked := start(b, harness.New(b, harness.Options{}), "ours", ourProgram(50))
	unchecked := start(b, harness.New(b, harness.Options{Middleware: refuse}), "ours", ourProgram(50))
	var f figures
	for range b.N {
		a := measure(b, func() error { return checked.run(b, []string{"preview"}) })
		other := measure(b, func() error { return unchecked.run(b, []string{"preview"}) })
		f.add("checked-cpu-s", a.cpu)
		f.add("cpu-ratio", a.cpu/other.cpu)
		f.add("checked-s", a.clock)
		f.add("clock-ratio", a.clock/other.clock)
	}
	f.report(b)
	if want := int32(50 * b.N); refused.Load() < want {
		b.Fatalf("%d checks were asked for, not %d", refused.Load(), want)
	}
}
