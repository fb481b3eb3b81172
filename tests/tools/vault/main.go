// Command vault is a HashiCorp Vault server in memory, for tests: the core, HTTP API, policies, tokens and KV secrets
// engine of a released Vault. It has no other secrets engine and login method, no audit log and no TLS.
//
// It listens on a free port of 127.0.0.1, initialises and unseals itself, mounts KV version 2 at secret/, and prints
// one line of JSON: {"address": "http://127.0.0.1:...", "token": "<root token>"}. It ends when its standard input
// closes.
//
// Vault 1.14.1 is under the MPL 2.0. Later releases are not.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/hashicorp/go-hclog"
	kv "github.com/hashicorp/vault-plugin-secrets-kv"
	"github.com/hashicorp/vault/helper/namespace"
	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/internalshared/configutil"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical/inmem"
	"github.com/hashicorp/vault/vault"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "vault:", err)
		os.Exit(1)
	}
}

// serve runs the server until standard input closes.
func serve() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	address := "http://" + listener.Addr().String()
	core, err := newCore(address)
	if err != nil {
		return err
	}
	token, err := unseal(core)
	if err != nil {
		return err
	}
	if err := mountKV(core, token); err != nil {
		return err
	}
	server := &http.Server{
		Handler: vaulthttp.Handler.Handler(&vault.HandlerProperties{
			Core:           core,
			ListenerConfig: &configutil.Listener{Type: "tcp", Address: listener.Addr().String(), TLSDisable: true},
		}),
		ReadHeaderTimeout: time.Minute,
	}
	go func() { _ = server.Serve(listener) }()
	if err := json.NewEncoder(os.Stdout).Encode(map[string]string{"address": address, "token": token}); err != nil {
		return fmt.Errorf("printing the address: %w", err)
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = server.Close()
	return core.Shutdown()
}

func newCore(address string) (*vault.Core, error) {
	logger := hclog.New(&hclog.LoggerOptions{Name: "vault", Level: hclog.Error, Output: os.Stderr})
	store, err := inmem.NewInmem(nil, logger)
	if err != nil {
		return nil, fmt.Errorf("making the in-memory store: %w", err)
	}
	core, err := vault.NewCore(&vault.CoreConfig{
		Physical:        store,
		StorageType:     "inmem",
		Logger:          logger,
		DisableMlock:    true,
		RedirectAddr:    address,
		LogicalBackends: map[string]logical.Factory{"kv": kv.Factory},
		BuiltinRegistry: kvOnly{},
	})
	if err != nil {
		return nil, fmt.Errorf("making Vault's core: %w", err)
	}
	return core, nil
}

// unseal initialises a fresh Vault with one key, and returns its root token.
func unseal(core *vault.Core) (string, error) {
	ctx := namespace.RootContext(context.Background())
	result, err := core.Initialize(ctx, &vault.InitParams{
		BarrierConfig:  &vault.SealConfig{SecretShares: 1, SecretThreshold: 1},
		RecoveryConfig: &vault.SealConfig{},
	})
	if err != nil {
		return "", fmt.Errorf("initialising: %w", err)
	}
	if unsealed, err := core.Unseal(result.SecretShares[0]); err != nil || !unsealed {
		return "", fmt.Errorf("unsealing (unsealed: %t): %w", unsealed, err)
	}
	return result.RootToken, nil
}

// mountKV mounts KV version 2 at secret/, like `vault server -dev`.
func mountKV(core *vault.Core, token string) error {
	response, err := core.HandleRequest(namespace.RootContext(context.Background()), &logical.Request{
		Operation:   logical.UpdateOperation,
		ClientToken: token,
		Path:        "sys/mounts/secret",
		Data: map[string]any{
			"type":    "kv",
			"options": map[string]string{"version": "2"},
		},
	})
	if err != nil {
		return fmt.Errorf("mounting the KV engine: %w", err)
	}
	if response.IsError() {
		return fmt.Errorf("mounting the KV engine: %w", response.Error())
	}
	return nil
}
