// Package credentials decides which Pulumi Cloud a call goes to, and with which access token.
package credentials

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
)

// TokenVariable is the environment variable from which the Pulumi CLI and the pulumiservice provider read a token.
const TokenVariable = "PULUMI_ACCESS_TOKEN"

// AddressVariables returns the environment variables from which they read the address. The first that is set counts.
func AddressVariables() []string { return []string{"PULUMI_BACKEND_URL", "PULUMI_API"} }

// DefaultURL is the API of Pulumi Cloud, used if nothing names another.
const DefaultURL = "https://api.pulumi.com"

// Given contains the address and the token from the provider's configuration. Either may be empty.
type Given struct {
	APIURL      string
	AccessToken string
}

// Credentials contain both the address and the token.
type Credentials struct {
	// APIURL has neither a path nor a trailing slash.
	APIURL string
	// AccessToken is a secret. It is sent only to APIURL and never printed.
	AccessToken string
}

// Store reads the credentials that `pulumi login` stored.
type Store interface {
	// Current returns the address that the CLI is logged in to, "" if none. It may be a state backend (file://, s3://).
	Current() (string, error)
	// Token returns the stored token for an address, "" if there is none.
	Token(apiURL string) (string, error)
}

// Resolver finds credentials. The zero Resolver uses the environment of the process and the stored credentials of the
// CLI.
type Resolver struct {
	// Getenv defaults to os.Getenv.
	Getenv func(string) string
	// Store defaults to the CLI's credentials file, in PULUMI_HOME or ~/.pulumi.
	Store Store
}

// Resolve finds the address and the token. Each comes from the first source that has it: given, the environment
// (PULUMI_BACKEND_URL or PULUMI_API; PULUMI_ACCESS_TOKEN), and what `pulumi login` stored. The address defaults to
// DefaultURL. A stored token is used only for the address that it was stored for.
//
// An address that is not an http or https URL is an error if it was configured or set in the environment. If the CLI is
// merely logged in to it, Resolve ignores it. A missing token is an error too.
func (r Resolver) Resolve(given Given) (Credentials, error) {
	apiURL, err := r.Address(given)
	if err != nil {
		return Credentials{}, err
	}
	token, err := r.complete().token(apiURL, given.AccessToken)
	if err != nil {
		return Credentials{}, err
	}
	return Credentials{APIURL: apiURL, AccessToken: token}, nil
}

func (r Resolver) complete() Resolver {
	if r.Getenv == nil {
		r.Getenv = os.Getenv
	}
	if r.Store == nil {
		r.Store = cliStore{}
	}
	return r
}

// Address returns the address that Resolve would return. It needs no token.
func (r Resolver) Address(given Given) (string, error) {
	r = r.complete()
	if given.APIURL != "" {
		return cloudURL("apiUrl", given.APIURL)
	}
	for _, variable := range AddressVariables() {
		if value := r.Getenv(variable); value != "" {
			return cloudURL(variable, value)
		}
	}
	current, err := r.Store.Current()
	if err != nil {
		return "", fmt.Errorf("reading the stored credentials: %w; set escsync:apiUrl and escsync:accessToken", err)
	}
	if stored, err := cloudURL("the stored login", current); err == nil {
		return stored, nil
	}
	return DefaultURL, nil
}

func (r Resolver) token(apiURL, given string) (string, error) {
	if given != "" {
		return given, nil
	}
	if token := r.Getenv(TokenVariable); token != "" {
		return token, nil
	}
	token, err := r.Store.Token(apiURL)
	if err != nil {
		return "", fmt.Errorf("reading the stored credentials of %s: %w; set escsync:accessToken or %s",
			apiURL, err, TokenVariable)
	}
	if token == "" {
		return "", fmt.Errorf("no access token for %s: set escsync:accessToken (a secret) or %s, or run `pulumi login`",
			apiURL, TokenVariable)
	}
	return token, nil
}

// cloudURL reduces an address to its scheme and host, because the API is at the root of its host.
func cloudURL(source, address string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		// The parser's error quotes the address, which may contain a password.
		return "", fmt.Errorf("%s is not a URL: set escsync:apiUrl to the API of Pulumi Cloud, such as "+
			"%s", source, DefaultURL)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("%s is %s, which is a state backend and not Pulumi Cloud: "+
			"set escsync:apiUrl to the API of Pulumi Cloud, such as %s", source, u.Redacted(), DefaultURL)
	}
	return u.Scheme + "://" + u.Host, nil
}

// cliStore is the credentials file of the CLI.
type cliStore struct{}

// Current returns the address in the file.
func (cliStore) Current() (string, error) {
	stored, err := workspace.GetStoredCredentials()
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return stored.Current, err
}

// Token returns a token, decrypted if the CLI encrypted it.
func (cliStore) Token(apiURL string) (string, error) {
	account, err := workspace.GetAccount(apiURL)
	return account.AccessToken, err
}
