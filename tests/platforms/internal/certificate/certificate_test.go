package certificate

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOnlyThoseWithTheAuthorityTrustItsServers(t *testing.T) {
	t.Parallel()
	authority, err := New("test")
	require.NoError(t, err)
	made, err := authority.Server("*.example.com")
	require.NoError(t, err)
	chain, key, err := Files(made)
	require.NoError(t, err)
	read, err := tls.X509KeyPair(chain, key)
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{Certificates: []tls.Certificate{read}}
	server.StartTLS()
	t.Cleanup(server.Close)

	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(authority.PEM))
	for _, name := range []string{"127.0.0.1", "a.example.com"} {
		connection, err := tls.Dial("tcp", server.Listener.Addr().String(), &tls.Config{RootCAs: roots, ServerName: name})
		require.NoError(t, err)
		require.NoError(t, connection.Close())
	}
	_, err = tls.Dial("tcp", server.Listener.Addr().String(), &tls.Config{RootCAs: roots, ServerName: "other.com"})
	require.Error(t, err)
	_, err = tls.Dial("tcp", server.Listener.Addr().String(), &tls.Config{ServerName: "127.0.0.1"})
	require.Error(t, err)
}
