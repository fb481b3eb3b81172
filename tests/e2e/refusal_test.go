package e2e

import (
	"cmp"
	"net/http"
	"strings"
	"sync/atomic"
)

// refusal answers 403 to every update of an ESC environment, or to another method, while it is on.
type refusal struct {
	on atomic.Bool
	// method defaults to PATCH.
	method string
}

func (r *refusal) middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if r.on.Load() && req.Method == cmp.Or(r.method, http.MethodPatch) &&
			strings.HasPrefix(req.URL.Path, "/api/esc/environments/") {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"code":403,"message":"Forbidden"}`)) // the client sees a short answer as a fault
			return
		}
		next.ServeHTTP(w, req)
	})
}
