// Package traffic counts the requests that change something on a server.
package traffic

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
)

// Counter counts writes. The zero Counter is ready to use.
type Counter struct {
	writes atomic.Int64
	// IsWrite reports which requests count. Default: all but GET, HEAD, OPTIONS and LIST.
	IsWrite func(*http.Request) bool
	// Refuse answers writes while they are restricted.
	Refuse http.HandlerFunc

	restricted atomic.Bool
}

// Restrict lets Refuse answer all writes, or forwards them again.
func (c *Counter) Restrict(readOnly bool) { c.restricted.Store(readOnly) }

// Count adds one write.
func (c *Counter) Count() { c.writes.Add(1) }

// Writes returns how many writes were counted.
func (c *Counter) Writes() int { return int(c.writes.Load()) }

// Wrap returns a handler that forwards requests and counts writes. While writes are restricted, it refuses them.
func (c *Counter) Wrap(next http.Handler) http.Handler {
	isWrite := c.IsWrite
	if isWrite == nil {
		isWrite = Changes
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isWrite(r) {
			c.Count()
			if c.restricted.Load() {
				c.Refuse(w, r)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// Changes reports whether a request's method is one that changes something.
func Changes(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, "LIST":
		return false
	default:
		return true
	}
}

// Proxy returns a handler that forwards all requests to a server and counts writes.
func (c *Counter) Proxy(target *url.URL, transport http.RoundTripper) http.Handler {
	return c.Wrap(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = target.Host
		},
		Transport: transport,
	})
}
