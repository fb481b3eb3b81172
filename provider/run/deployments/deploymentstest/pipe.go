package deploymentstest

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
)

// pipes is an in-memory listener.
type pipes struct {
	dialled chan net.Conn
	closed  chan struct{}
	close   func()
}

// serve serves handler until the test ends and returns a transport to it.
func serve(t *testing.T, handler http.Handler) http.RoundTripper {
	t.Helper()
	p := &pipes{dialled: make(chan net.Conn), closed: make(chan struct{})}
	p.close = sync.OnceFunc(func() { close(p.closed) })
	server := &http.Server{Handler: handler} //nolint:gosec // It is reached from the test alone.
	transport := &http.Transport{DialContext: p.dial}
	go func() { _ = server.Serve(p) }()
	// Closing the connections ends handlers that hang.
	t.Cleanup(func() { _ = server.Close(); transport.CloseIdleConnections() })
	return transport
}

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.dialled <- theirs:
		return ours, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// Accept returns the next connection.
func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.dialled:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close makes Accept and dial fail.
func (p *pipes) Close() error { p.close(); return nil }

// Addr returns a dummy address, because net.Listener requires one.
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "cloud.test", Net: "pipe"} }
