package vault

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/vault/api"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/process"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/traffic"
	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

// Name is the first segment of the identities of secrets: vault/mount/path.
const Name = "vault"

// startup is the maximum time for Vault to print its address. It takes less than a second on an idle machine.
const startup = time.Minute

// Options configure a Server. The zero Options are usable.
type Options struct {
	// Binary is the program of tests/tools/vault. Default: the one in the tool cache.
	Binary string
	// V1 names mounts of KV version 1, such as legacy. Version 2 is always at secret.
	V1 []string
	// Policy is the policy of programs, in Vault's policy language. Default: everything.
	Policy string
}

// Server is a running Vault. Goroutines may call its methods concurrently.
type Server struct {
	process *process.Process
	proxy   *httptest.Server
	counter traffic.Counter
	direct  *api.Client
	// token may do everything; program is the token of programs.
	token, program string
	policy         string
	// mounts maps each mount to its version of KV.
	mounts map[string]int
	once   sync.Once
}

var _ platforms.Platform = (*Server)(nil)

// Start starts Vault on a free port of 127.0.0.1. The caller must Close it. It also ends with ctx.
func Start(ctx context.Context, opts Options) (*Server, error) {
	if opts.Binary == "" {
		found, err := toolcache.Server("vault", "VAULT_VERSION")
		if err != nil {
			return nil, err
		}
		opts.Binary = found
	}
	// Go programs need their time zone and temporary files, and nothing else of the caller's environment.
	p, err := process.Start(ctx, true, []string{"TMPDIR=" + os.TempDir()}, opts.Binary)
	if err != nil {
		return nil, err
	}
	s := &Server{process: p, mounts: map[string]int{"secret": 2}}
	if err := s.connect(ctx, opts); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// connect reads the address that Vault prints, and puts the counting proxy in front of it.
func (s *Server) connect(ctx context.Context, opts Options) error {
	var ready struct{ Address, Token string }
	printed := make(chan error, 1)
	go func() { printed <- json.NewDecoder(bufio.NewReader(s.process.Stdout)).Decode(&ready) }()
	select {
	case err := <-printed:
		if err != nil {
			return fmt.Errorf("starting vault: it ended at once: %w: %s", err, s.process.Log())
		}
	case <-time.After(startup):
		return fmt.Errorf("starting vault: it was not ready within %s: %s", startup, s.process.Log())
	case <-ctx.Done():
		return ctx.Err()
	}
	target, err := url.Parse(ready.Address)
	if err != nil {
		return fmt.Errorf("reading vault's address: %w", err)
	}
	s.token = ready.Token
	s.counter.IsWrite = isWrite
	s.proxy = httptest.NewServer(s.counter.Proxy(target, http.DefaultTransport))
	if s.direct, err = newClient(ready.Address, ready.Token); err != nil {
		return err
	}
	for _, mount := range opts.V1 {
		if err := s.direct.Sys().MountWithContext(ctx, mount, &api.MountInput{
			Type: "kv", Options: map[string]string{"version": "1"},
		}); err != nil {
			return fmt.Errorf("mounting KV version 1 at %s: %w", mount, err)
		}
		s.mounts[mount] = 1
	}
	if s.policy = opts.Policy; s.policy == "" {
		s.policy = everything
	}
	s.program, err = s.LimitedToken(ctx, programPolicy, s.policy)
	return err
}

const programPolicy = "program"

// The policies of programs: the default, and the one while they are restricted.
const (
	everything = `path "*" { capabilities = ["create", "read", "update", "patch", "delete", "list"] }`
	// Vault's provider creates a token for itself at the start of each run.
	onlyReading = `path "*" { capabilities = ["read", "list"] }
path "auth/token/create" { capabilities = ["update"] }`
)

// Restrict rewrites the policy of Environment's token, so that it may only read, or restores it.
func (s *Server) Restrict(ctx context.Context, readOnly bool) error {
	policy := s.policy
	if readOnly {
		policy = onlyReading
	}
	if err := s.direct.Sys().PutPolicyWithContext(ctx, programPolicy, policy); err != nil {
		return fmt.Errorf("writing the policy %s: %w", programPolicy, err)
	}
	return nil
}

// isWrite reports whether a request changes secrets. Vault's provider creates a token for itself at the start of each
// run, which does not count.
func isWrite(r *http.Request) bool {
	return traffic.Changes(r) && !strings.HasPrefix(r.URL.Path, "/v1/auth/") && !strings.HasPrefix(r.URL.Path, "/v1/sys/")
}

// newClient returns the official Go client, isolated from the caller's environment.
func newClient(address, token string) (*api.Client, error) {
	config := api.DefaultConfig()
	if config.Error != nil {
		return nil, fmt.Errorf("configuring vault's client: %w", config.Error)
	}
	config.Address = address
	client, err := api.NewClient(config)
	if err != nil {
		return nil, fmt.Errorf("connecting to vault: %w", err)
	}
	client.ClearNamespace()
	client.SetToken(token)
	return client, nil
}

// Client returns the official Go client at the address for programs, logged in with a token.
func (s *Server) Client(token string) (*api.Client, error) { return newClient(s.proxy.URL, token) }

// RootToken returns the token that may do everything.
func (s *Server) RootToken() string { return s.token }

// Environment returns the variables of Pulumi's Vault provider, with a token that has the policy of the Options.
func (s *Server) Environment() []string { return s.EnvironmentFor(s.program) }

// EnvironmentFor is Environment with another token, such as one from LimitedToken.
func (s *Server) EnvironmentFor(token string) []string {
	return []string{"VAULT_ADDR=" + s.proxy.URL, "VAULT_TOKEN=" + token}
}

// LimitedToken makes a token that may do what a policy in Vault's policy language allows, and nothing more.
func (s *Server) LimitedToken(ctx context.Context, name, policy string) (string, error) {
	if err := s.direct.Sys().PutPolicyWithContext(ctx, name, policy); err != nil {
		return "", fmt.Errorf("writing the policy %s: %w", name, err)
	}
	made, err := s.direct.Auth().Token().CreateWithContext(ctx, &api.TokenCreateRequest{
		Policies: []string{name}, NoDefaultPolicy: false,
	})
	if err != nil {
		return "", fmt.Errorf("making a token for the policy %s: %w", name, err)
	}
	return made.Auth.ClientToken, nil
}

// Writes returns the number of requests to change secrets.
func (s *Server) Writes() int { return s.counter.Writes() }

// Close ends Vault.
func (s *Server) Close() error {
	s.once.Do(func() {
		if s.proxy != nil {
			s.proxy.Close()
		}
		s.process.Stop()
	})
	return nil
}
