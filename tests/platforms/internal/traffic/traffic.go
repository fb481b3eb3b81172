// Package traffic counts the requests that ask a server to change something.
package traffic

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
)

// Counter counts writes. The zero Counter is ready.
type Counter struct {
	writes atomic.Int64
	// IsWrite says which requests count. Default: all that are not GET, HEAD or OPTIONS.
	IsWrite func(*http.Request) bool
	// Refuse answers writes while they are restricted.
	Refuse http.HandlerFunc

	restricted atomic.Bool
}

// Restrict makes Refuse answer all writes, or passes them on again.
func (c *Counter) Restrict(readOnly bool) { c.restricted.Store(readOnly) }

// Count adds one write.
func (c *Counter) Count() { c.writes.Add(1) }

// Writes returns how many writes were counted.
func (c *Counter) Writes() int { return int(c.writes.Load()) }

// Wrap returns a handler that counts what it passes on.
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

// Proxy returns a handler that passes everything on to a server and counts it.
func (c *Counter) Proxy(target *url.URL, transport http.RoundTripper) http.Handler {
	return c.Wrap(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = target.Host
		},
		Transport: transport,
	})
}
