package kubernetes

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	rbacv1 "k8s.io/api/rbac/v1"
	kubernetesclient "k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/certificate"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/process"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/traffic"
	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

// Name is the first segment of the identities of secrets: kubernetes/namespace/Secret/name/key, or ConfigMap instead of
// Secret.
const Name = "kubernetes"

// The server's tokens.
const (
	// AdminToken may do everything.
	AdminToken = "admin"
	// LimitedToken belongs to the user Limited, who has no permissions until a test grants them.
	LimitedToken = "limited"
	// Limited is a user for RBAC.
	Limited = "limited"
)

// attempts is the number of attempts to start. Another program may listen on a port between its choice and the start.
const attempts = 3

// Options configure a Server. The zero Options are usable.
type Options struct {
	// APIServer and Etcd are the programs. Default: those in the tool cache.
	APIServer, Etcd string
	// Role is the manifest of an RBAC Role. Its namespace is created, and programs run as its user. Default: programs run
	// as the administrator.
	Role string
}

// Server is a running API server. Goroutines may call its methods concurrently.
type Server struct {
	// root is the folder with etcd's data, keys and kubeconfig files.
	root      string
	authority *certificate.Authority
	etcd, api *process.Process
	proxy     *httptest.Server
	counter   traffic.Counter
	direct    *kubernetesclient.Clientset
	role      *rbacv1.Role
	// stop ends the garbage collector.
	stop context.CancelFunc
	once sync.Once
}

var _ platforms.Platform = (*Server)(nil)

// Start starts both servers on free ports of 127.0.0.1. The caller must Close them. They also end with ctx.
func Start(ctx context.Context, opts Options) (*Server, error) {
	for program, pin := range map[*string][2]string{
		&opts.APIServer: {"kube-apiserver", "KUBERNETES_VERSION"},
		&opts.Etcd:      {"etcd", "ETCD_VERSION"},
	} {
		if *program != "" {
			continue
		}
		found, err := toolcache.Server(pin[0], pin[1])
		if err != nil {
			return nil, err
		}
		*program = found
	}
	var errs []error
	for range attempts {
		s, err := start(ctx, opts)
		if err == nil {
			return s, nil
		}
		errs = append(errs, err)
		if ctx.Err() != nil {
			break
		}
	}
	return nil, errors.Join(errs...)
}

func start(ctx context.Context, opts Options) (*Server, error) {
	root, err := os.MkdirTemp("", "escsync-kubernetes-")
	if err != nil {
		return nil, fmt.Errorf("making the folder of the API server: %w", err)
	}
	s := &Server{root: root}
	if err := s.run(ctx, opts); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Server) run(ctx context.Context, opts Options) error {
	etcd, err := s.startEtcd(ctx, opts.Etcd)
	if err != nil {
		return err
	}
	address, err := s.startAPIServer(ctx, opts.APIServer, etcd)
	if err != nil {
		return err
	}
	collecting, stop := context.WithCancel(ctx)
	s.stop = stop
	if err := s.collect(collecting); err != nil {
		return err
	}
	if err := s.startProxy(address); err != nil || opts.Role == "" {
		return err
	}
	return s.grant(ctx, opts.Role)
}

// startProxy puts the counting proxy, with a certificate of the same authority, in front of the API server.
func (s *Server) startProxy(target *url.URL) error {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(s.authority.PEM)
	own, err := s.authority.Server("localhost")
	if err != nil {
		return err
	}
	s.counter.IsWrite = isWrite
	s.proxy = httptest.NewUnstartedServer(s.counter.Proxy(target, &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
	}))
	s.proxy.TLS = &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS12}
	s.proxy.StartTLS()
	for _, token := range []string{AdminToken, LimitedToken} {
		if err := s.writeKubeconfig(token); err != nil {
			return err
		}
	}
	return nil
}

// isWrite reports whether a request changes objects. Dry runs, and questions about permissions, which are POSTs too, do
// not.
func isWrite(r *http.Request) bool {
	return traffic.Changes(r) && strings.HasPrefix(r.URL.Path, "/api/v1/") && r.URL.Query().Get("dryRun") == ""
}

// client returns the official Go client for an API server's address.
func (s *Server) client(address, token string) (*kubernetesclient.Clientset, error) {
	client, err := kubernetesclient.NewForConfig(&rest.Config{
		Host:            address,
		BearerToken:     token,
		TLSClientConfig: rest.TLSClientConfig{CAData: s.authority.PEM},
		// No rate limit: the default would slow the tests down.
		QPS: -1,
	})
	if err != nil {
		return nil, fmt.Errorf("connecting to the API server: %w", err)
	}
	return client, nil
}

// Client returns the official Go client at the address for programs.
func (s *Server) Client(token string) (*kubernetesclient.Clientset, error) {
	return s.client(s.proxy.URL, token)
}

// Kubeconfig returns the path of the kubeconfig for AdminToken or LimitedToken.
func (s *Server) Kubeconfig(token string) string { return filepath.Join(s.root, "kubeconfig-"+token) }

// Environment returns the variables of Pulumi's Kubernetes provider.
func (s *Server) Environment() []string {
	token := AdminToken
	if s.role != nil {
		token = LimitedToken
	}
	return []string{"KUBECONFIG=" + s.Kubeconfig(token)}
}

// Writes returns the number of requests to change objects.
func (s *Server) Writes() int { return s.counter.Writes() }

// Close ends both servers and removes their files.
func (s *Server) Close() error {
	var err error
	s.once.Do(func() {
		if s.stop != nil {
			s.stop()
		}
		if s.proxy != nil {
			s.proxy.Close()
		}
		// The API server first, because it would wait for etcd.
		for _, p := range []*process.Process{s.api, s.etcd} {
			if p != nil {
				p.Stop()
			}
		}
		err = os.RemoveAll(s.root)
	})
	return err
}

// freePort returns a port that is free at the moment.
func freePort() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("finding a free port: %w", err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return "", fmt.Errorf("finding a free port: %w", err)
	}
	return port, nil
}
