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

// TokenVariable is the environment variable that the Pulumi CLI and the pulumiservice provider take a token from.
const TokenVariable = "PULUMI_ACCESS_TOKEN"

// AddressVariables are the environment variables that they take the address from, the first that is set.
func AddressVariables() []string { return []string{"PULUMI_BACKEND_URL", "PULUMI_API"} }

// DefaultURL is the API of Pulumi Cloud where nothing names another.
const DefaultURL = "https://api.pulumi.com"

// Given is an address and a token that the provider was configured with. Either may be empty.
type Given struct {
	APIURL      string
	AccessToken string
}

// Credentials are a complete address and token.
type Credentials struct {
	// APIURL has no trailing slash and no path.
	APIURL string
	// AccessToken is a secret: it is sent to APIURL only, and never printed.
	AccessToken string
}

// Store reads what `pulumi login` stored.
type Store interface {
	// Current is the address that the CLI is logged in to, empty if to none. It may be that of a state backend
	// (file://, s3://).
	Current() (string, error)
	// Token is the stored token of an address, empty if there is none.
	Token(apiURL string) (string, error)
}

// Resolver finds credentials. The zero Resolver reads the process's environment and the CLI's stored credentials.
type Resolver struct {
	// Getenv defaults to os.Getenv.
	Getenv func(string) string
	// Store defaults to the CLI's credentials file, in PULUMI_HOME or ~/.pulumi.
	Store Store
}

// Resolve takes address and token each from the first source that has it: what is given; the environment
// (PULUMI_BACKEND_URL, PULUMI_API; PULUMI_ACCESS_TOKEN); what `pulumi login` stored. The address defaults
// to DefaultURL. A stored token is used for the address only that it was stored for.
//
// An address that is no http or https URL is an error when it was set for this, and passed over when it is merely what
// the CLI is logged in to.
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

// Address is the address that Resolve takes, for what needs no token.
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

// cloudURL reduces an address to scheme and host. The cloud's API is served from the root of its host.
func cloudURL(source, address string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		// The parser's error repeats the address, which may hold a password.
		return "", fmt.Errorf("%s is not a URL: set escsync:apiUrl to the API of Pulumi Cloud, such as "+
			"%s", source, DefaultURL)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("%s is %s, which is a state backend and not Pulumi Cloud: "+
			"set escsync:apiUrl to the API of Pulumi Cloud, such as %s", source, u.Redacted(), DefaultURL)
	}
	return u.Scheme + "://" + u.Host, nil
}

// cliStore is the CLI's credentials file.
type cliStore struct{}

// Current reads the address.
func (cliStore) Current() (string, error) {
	stored, err := workspace.GetStoredCredentials()
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return stored.Current, err
}

// Token reads a token, and decrypts it where the CLI encrypted it.
func (cliStore) Token(apiURL string) (string, error) {
	account, err := workspace.GetAccount(apiURL)
	return account.AccessToken, err
}
