package kubernetes

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/escsync/pulumi-escsync/tests/platforms/internal/certificate"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/process"
)

// startup is the maximum time for each server to start. Both together take about four seconds on an idle machine.
const startup = 2 * time.Minute

// startEtcd starts etcd and returns its address.
func (s *Server) startEtcd(ctx context.Context, program string) (string, error) {
	client, err := freePort()
	if err != nil {
		return "", err
	}
	peer, err := freePort()
	if err != nil {
		return "", err
	}
	address := "http://127.0.0.1:" + client
	s.etcd, err = process.Start(ctx, false, s.environment(), program,
		"--data-dir="+filepath.Join(s.root, "etcd"),
		"--listen-client-urls="+address, "--advertise-client-urls="+address,
		"--listen-peer-urls=http://127.0.0.1:"+peer,
		"--unsafe-no-fsync", "--log-level=error")
	if err != nil {
		return "", err
	}
	return address, s.etcd.Await(ctx, startup, func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/health", nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("etcd says %s", response.Status)
		}
		return nil
	})
}

// startAPIServer starts the API server and returns its address. It also sets the client that bypasses the proxy.
func (s *Server) startAPIServer(ctx context.Context, program, etcd string) (*url.URL, error) {
	files, err := s.writeKeys()
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s.api, err = process.Start(ctx, false, s.environment(), program,
		"--etcd-servers="+etcd,
		"--bind-address=127.0.0.1", "--external-hostname=127.0.0.1", "--secure-port="+port,
		"--cert-dir="+filepath.Join(s.root, "certificates"),
		"--tls-cert-file="+files.certificate, "--tls-private-key-file="+files.key,
		"--token-auth-file="+files.tokens, "--anonymous-auth=false",
		"--authorization-mode=RBAC",
		// Without controllers there are no service accounts, and pods would wait for one.
		"--disable-admission-plugins=ServiceAccount",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-signing-key-file="+files.key, "--service-account-key-file="+files.key,
		"--service-cluster-ip-range=10.0.0.0/24", "--endpoint-reconciler-type=none")
	if err != nil {
		return nil, err
	}
	target := &url.URL{Scheme: "https", Host: "127.0.0.1:" + port}
	if s.direct, err = s.client(target.String(), AdminToken); err != nil {
		return nil, err
	}
	return target, s.api.Await(ctx, startup, func(ctx context.Context) error {
		return s.direct.RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
	})
}

// environment returns the servers' environment, without the caller's. Both servers write temporary files to the
// server's folder.
func (s *Server) environment() []string { return []string{"TMPDIR=" + s.root, "HOME=" + s.root} }

type keyFiles struct{ certificate, key, tokens string }

// writeKeys creates the certificate authority, the API server's certificate and the list of tokens.
func (s *Server) writeKeys() (keyFiles, error) {
	var err error
	if s.authority, err = certificate.New("escsync test cluster"); err != nil {
		return keyFiles{}, err
	}
	made, err := s.authority.Server("localhost")
	if err != nil {
		return keyFiles{}, err
	}
	chain, key, err := certificate.Files(made)
	if err != nil {
		return keyFiles{}, err
	}
	tokens := fmt.Sprintf("%s,admin,1,system:masters\n%s,%s,2\n", AdminToken, LimitedToken, Limited)
	files := keyFiles{
		certificate: filepath.Join(s.root, "api.crt"),
		key:         filepath.Join(s.root, "api.key"),
		tokens:      filepath.Join(s.root, "tokens.csv"),
	}
	for path, content := range map[string][]byte{
		files.certificate: chain, files.key: key, files.tokens: []byte(tokens),
	} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return keyFiles{}, fmt.Errorf("writing the API server's keys: %w", err)
		}
	}
	return files, nil
}

func (s *Server) writeKubeconfig(token string) error {
	const name = "escsync"
	err := clientcmd.WriteToFile(clientcmdapi.Config{
		Clusters: map[string]*clientcmdapi.Cluster{
			name: {Server: s.proxy.URL, CertificateAuthorityData: s.authority.PEM},
		},
		AuthInfos:      map[string]*clientcmdapi.AuthInfo{name: {Token: token}},
		Contexts:       map[string]*clientcmdapi.Context{name: {Cluster: name, AuthInfo: name}},
		CurrentContext: name,
	}, s.Kubeconfig(token))
	if err != nil {
		return fmt.Errorf("writing the kubeconfig file: %w", err)
	}
	return nil
}
