package pulumicloud

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// Server is a running local cloud. It is safe for concurrent use.
type Server struct {
	opts     Options
	url      string
	http     *http.Server
	tempRoot string
	keys     *keyring

	ctx     context.Context // ends deployments and deliveries
	stop    context.CancelFunc
	workers sync.WaitGroup

	mu     sync.Mutex // guards everything below
	logMu  sync.Mutex // guards opts.Log
	cloud  *cloud
	closed bool
}

// Start serves a new, empty cloud on a free port of 127.0.0.1. The caller must Close it.
func Start(opts Options) (*Server, error) {
	opts = opts.withDefaults()
	keys, err := newKeyring()
	if err != nil {
		return nil, err
	}
	tempRoot, err := os.MkdirTemp("", "pulumicloud-")
	if err != nil {
		return nil, fmt.Errorf("creating the cloud's temporary folder: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the cloud's port: %w", err), os.RemoveAll(tempRoot))
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{
		opts:     opts,
		url:      "http://" + listener.Addr().String(),
		tempRoot: tempRoot,
		keys:     keys,
		ctx:      ctx,
		stop:     stop,
		cloud:    newCloud(opts.Now),
	}
	for _, name := range opts.Teams {
		s.cloud.addTeam(name)
	}
	for _, role := range opts.Roles {
		s.cloud.addRole(role)
	}
	var handler http.Handler = s.router()
	if opts.Middleware != nil {
		handler = opts.Middleware(handler)
	}
	s.http = &http.Server{Handler: s.traced(handler), ReadHeaderTimeout: 30 * time.Second}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

// URL returns the base address of the API, the value for PULUMI_BACKEND_URL and pulumiservice:apiUrl.
func (s *Server) URL() string { return s.url }

// AccessToken returns the token of the only user, who may do everything. It is the value for PULUMI_ACCESS_TOKEN.
func (s *Server) AccessToken() string { return s.cloud.userToken }

// Close stops running deployments with all their processes, stops serving, and removes the temporary files.
func (s *Server) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	s.stop()
	s.workers.Wait()
	return errors.Join(s.http.Close(), os.RemoveAll(s.tempRoot))
}

// statusRecorder records the status for the trace.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader records the status.
func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap gives middleware access to the connection, to cut it.
func (r *statusRecorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (s *Server) traced(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(recorder, r)
		s.logMu.Lock()
		defer s.logMu.Unlock()
		fmt.Fprintf(s.opts.Log, "%s %s %d\n", r.Method, r.URL.Path, recorder.status)
	})
}
