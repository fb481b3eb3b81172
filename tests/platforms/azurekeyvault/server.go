package azurekeyvault

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/certificate"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/traffic"
)

// Name is the first segment of the identities of secrets: azureKeyVault/vault/name.
const Name = "azureKeyVault"

// The server's tokens and identifiers.
const (
	// Token may do everything.
	Token = "token-of-the-stand-in"
	// ReadToken may read. Its writes are refused.
	ReadToken = "token-that-may-read"
	// Subscription is the ID of the only subscription.
	Subscription = "11111111-1111-1111-1111-111111111111"
	// Tenant is the ID of the tenant that issues tokens.
	Tenant = "22222222-2222-2222-2222-222222222222"

	suffix = ".vault.azure.net"
)

// Options configure a Server. The zero Options are usable.
type Options struct {
	// Vaults are the names of the vaults. Default: escsync-test.
	Vaults []string
}

// Server is a running stand-in. Goroutines may call its methods concurrently.
type Server struct {
	// root is the folder with the certificate of the authority.
	root    string
	counter traffic.Counter
	// arm is the management plane. data and private are the data plane, and private does not count writes.
	arm, data, private *httptest.Server
	once               sync.Once

	mu     sync.Mutex
	vaults map[string]*vault
}

var (
	_ platforms.Platform = (*Server)(nil)
	_ platforms.Restorer = (*Server)(nil)
)

// Start starts both planes on free ports of 127.0.0.1. The caller must Close them.
func Start(_ context.Context, opts Options) (*Server, error) {
	if opts.Vaults == nil {
		opts.Vaults = []string{"escsync-test"}
	}
	authority, err := certificate.New("escsync test vaults")
	if err != nil {
		return nil, err
	}
	own, err := authority.Server("*" + suffix)
	if err != nil {
		return nil, err
	}
	s := &Server{vaults: map[string]*vault{}}
	for _, name := range opts.Vaults {
		s.vaults[strings.ToLower(name)] = &vault{live: map[string]*secret{}, deleted: map[string]*secret{}}
	}
	if s.root, err = os.MkdirTemp("", "escsync-keyvault-"); err != nil {
		return nil, fmt.Errorf("making the folder of the stand-in for Key Vault: %w", err)
	}
	if err := os.WriteFile(s.authorityFile(), authority.PEM, 0o600); err != nil {
		return nil, fmt.Errorf("writing the authority's certificate: %w", err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS12}
	// The client's first request, which only asks for the challenge, is not a write.
	s.counter.IsWrite = func(r *http.Request) bool { return traffic.Changes(r) && r.Header.Get("Authorization") != "" }
	s.counter.Refuse = refuseWrite
	s.arm = httptest.NewServer(s.counter.Wrap(s.managementPlane()))
	s.data = startTLS(s.counter.Wrap(s.dataPlane()), config)
	s.private = startTLS(s.dataPlane(), config)
	return s, nil
}

func startTLS(handler http.Handler, config *tls.Config) *httptest.Server {
	server := httptest.NewUnstartedServer(handler)
	server.TLS = config.Clone()
	server.StartTLS()
	return server
}

func (s *Server) authorityFile() string { return filepath.Join(s.root, "authority.pem") }

// Connection returns the connection of programs to the data plane.
func (s *Server) Connection() Connection {
	return Connection{Address: s.data.Listener.Addr().String(), AuthorityFile: s.authorityFile(), Token: Token}
}

// ManagementURL returns the address that replaces https://management.azure.com.
func (s *Server) ManagementURL() string { return s.arm.URL }

// Environment returns the subscription and tenant for Pulumi's azure-native provider, and the addresses of both planes
// for the stand-in of that plugin, in variables that begin with ESCSYNC_.
func (s *Server) Environment() []string {
	return append([]string{
		"ARM_SUBSCRIPTION_ID=" + Subscription, "ARM_TENANT_ID=" + Tenant,
		ManagementVariable + "=" + s.arm.URL,
	}, s.Connection().Environment()...)
}

// Writes returns the number of requests to change something, on both planes. The data plane's client sends each first
// request without its body to learn who issues tokens. That does not count.
func (s *Server) Writes() int { return s.counter.Writes() }

// Restrict revokes Token's permission to write, on both planes, or grants it again.
func (s *Server) Restrict(_ context.Context, readOnly bool) error {
	s.counter.Restrict(readOnly)
	return nil
}

// refuseWrite answers as each plane does if no role allows a write.
func refuseWrite(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/subscriptions/") {
		fail(w, refuse(http.StatusForbidden, "AuthorizationFailed", "The client does not have authorization to perform "+
			"action 'Microsoft.KeyVault/vaults/secrets/write' over scope '%s' or the scope is invalid.", r.URL.Path))
		return
	}
	fail(w, refuse(http.StatusForbidden, "Forbidden", "Caller is not authorized to perform action on resource."))
}

// Close ends both planes.
func (s *Server) Close() error {
	var err error
	s.once.Do(func() {
		for _, server := range []*httptest.Server{s.arm, s.data, s.private} {
			server.Close()
		}
		err = os.RemoveAll(s.root)
	})
	return err
}

// authorized reports whether a token may make a request. If not, it answers 403.
func authorized(w http.ResponseWriter, r *http.Request) bool {
	if r.Header.Get("Authorization") == "Bearer "+ReadToken && traffic.Changes(r) {
		fail(w, refuse(http.StatusForbidden, "Forbidden", "The user does not have the permission to write."))
		return false
	}
	return true
}

func known(r *http.Request) bool {
	token := r.Header.Get("Authorization")
	return token == "Bearer "+Token || token == "Bearer "+ReadToken
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, r *refusal) {
	reply(w, r.status, map[string]any{"error": map[string]string{"code": r.code, "message": r.message}})
}
