package azurekeyvault

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
)

// Connection contains the address and credentials of a data plane that replaces Azure's.
type Connection struct {
	// Address is a host and port.
	Address string
	// AuthorityFile is a PEM file with the certificate of the trusted authority.
	AuthorityFile string
	// Token is the bearer token.
	Token string
}

// The environment variables of a Connection.
const (
	addressVariable   = "ESCSYNC_AZURE_VAULT_ADDRESS"
	authorityVariable = "ESCSYNC_AZURE_VAULT_AUTHORITY"
	tokenVariable     = "ESCSYNC_AZURE_TOKEN"
)

// Environment returns the KEY=VALUE pairs that ConnectionFromEnvironment reads.
func (c Connection) Environment() []string {
	return []string{
		addressVariable + "=" + c.Address,
		authorityVariable + "=" + c.AuthorityFile,
		tokenVariable + "=" + c.Token,
	}
}

// ConnectionFromEnvironment reads the Connection for the stand-in of the Pulumi plugin.
func ConnectionFromEnvironment() (Connection, error) {
	c := Connection{
		Address: os.Getenv(addressVariable), AuthorityFile: os.Getenv(authorityVariable), Token: os.Getenv(tokenVariable),
	}
	if c.Address == "" || c.AuthorityFile == "" {
		return c, fmt.Errorf("%s and %s are not set: start package azurekeyvault and pass its Environment on",
			addressVariable, authorityVariable)
	}
	return c, nil
}

// Client returns the official Go client for https://<vault>.vault.azure.net, connected to the stand-in. All of the
// client's checks stay enabled.
func (c Connection) Client(vault string) (*azsecrets.Client, error) {
	authority, err := os.ReadFile(c.AuthorityFile)
	if err != nil {
		return nil, fmt.Errorf("reading the authority of the stand-in for Key Vault: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(authority) {
		return nil, errors.New("the authority of the stand-in for Key Vault is no certificate")
	}
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var dialer net.Dialer
			return dialer.DialContext(ctx, network, c.Address)
		},
		IdleConnTimeout: time.Second,
	}
	client, err := azsecrets.NewClient("https://"+vault+suffix, fixedToken(c.Token), &azsecrets.ClientOptions{
		ClientOptions: policy.ClientOptions{
			Transport: &http.Client{Transport: transport}, Retry: policy.RetryOptions{MaxRetries: -1},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("connecting to the stand-in for Key Vault: %w", err)
	}
	return client, nil
}

// fixedToken is a credential with a constant token.
type fixedToken string

// GetToken returns the token.
func (t fixedToken) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: string(t), ExpiresOn: time.Now().Add(time.Hour)}, nil
}

// own returns a client whose requests are not counted.
func (s *Server) own(vault string) (*azsecrets.Client, error) {
	c := s.Connection()
	c.Address = s.private.Listener.Addr().String()
	return c.Client(vault)
}

// Secrets returns the latest value of each secret that is not deleted.
func (s *Server) Secrets(ctx context.Context) (map[string]string, error) {
	values := map[string]string{}
	for vault := range s.vaults {
		client, err := s.own(vault)
		if err != nil {
			return nil, err
		}
		for pages := client.NewListSecretPropertiesPager(nil); pages.More(); {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return nil, fmt.Errorf("listing the secrets of %s: %w", vault, err)
			}
			for _, item := range page.Value {
				found, err := client.GetSecret(ctx, item.ID.Name(), "", nil)
				if err != nil {
					return nil, fmt.Errorf("reading %s: %w", item.ID.Name(), err)
				}
				values[Name+"/"+vault+"/"+item.ID.Name()] = *found.Value
			}
		}
	}
	return values, nil
}

// Put writes a secret.
func (s *Server) Put(ctx context.Context, identity, value string) error {
	client, name, err := s.split(identity)
	if err != nil {
		return err
	}
	if _, err := client.SetSecret(ctx, name, azsecrets.SetSecretParameters{Value: &value}, nil); err != nil {
		return fmt.Errorf("writing %s: %w", identity, err)
	}
	return nil
}

// PutWithTags is Put, but keeps the secret's tags and content type. Key Vault stores them per version: a new version
// has only those sent with it.
func (s *Server) PutWithTags(ctx context.Context, identity, value string) error {
	client, name, err := s.split(identity)
	if err != nil {
		return err
	}
	found, err := client.GetSecret(ctx, name, "", nil)
	if err != nil {
		return fmt.Errorf("reading %s: %w", identity, err)
	}
	parameters := azsecrets.SetSecretParameters{Value: &value, Tags: found.Tags, ContentType: found.ContentType}
	if _, err := client.SetSecret(ctx, name, parameters, nil); err != nil {
		return fmt.Errorf("writing %s: %w", identity, err)
	}
	return nil
}

// Delete deletes and purges a secret, so that its name is free.
func (s *Server) Delete(ctx context.Context, identity string) error {
	client, name, err := s.split(identity)
	if err != nil {
		return err
	}
	if _, err := client.DeleteSecret(ctx, name, nil); err != nil {
		return fmt.Errorf("deleting %s: %w", identity, err)
	}
	if _, err := client.PurgeDeletedSecret(ctx, name, nil); err != nil {
		return fmt.Errorf("purging %s: %w", identity, err)
	}
	return nil
}

// Restore recovers a deleted secret, with its tags.
func (s *Server) Restore(ctx context.Context, identity string) error {
	client, name, err := s.split(identity)
	if err != nil {
		return err
	}
	if _, err := client.RecoverDeletedSecret(ctx, name, nil); err != nil {
		return fmt.Errorf("recovering %s: %w", identity, err)
	}
	return nil
}

func (s *Server) split(identity string) (client *azsecrets.Client, name string, err error) {
	parts := strings.Split(identity, "/")
	if len(parts) != 3 || parts[0] != Name || s.vaults[strings.ToLower(parts[1])] == nil {
		return nil, "", fmt.Errorf("%s is not %s/vault/name with a vault that exists", identity, Name)
	}
	client, err = s.own(parts[1])
	return client, parts[2], err
}
