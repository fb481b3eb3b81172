package run

import (
	"context"
	"fmt"
	"net/http"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// Config configures how the provider calls Pulumi Cloud. SyncRun, Caretaker and getSyncStatus make calls themselves.
// EscSync creates the first two and links to the console. Targets need no configuration.
type Config struct {
	APIURL      *string `pulumi:"apiUrl,optional"`
	AccessToken *string `pulumi:"accessToken,optional" provider:"secret"`
}

// given returns the configuration with "" for missing values. The fields are pointers because an empty string in the
// state would be a secret, which every operation encrypts.
func (c Config) given() credentials.Given {
	var given credentials.Given
	if c.APIURL != nil {
		given.APIURL = *c.APIURL
	}
	if c.AccessToken != nil {
		given.AccessToken = *c.AccessToken
	}
	return given
}

// Annotate describes the configuration.
func (c *Config) Annotate(a infer.Annotator) {
	a.Describe(&c, "Configures how EscSync, SyncRun and getSyncStatus call Pulumi Cloud: its address and an access "+
		"token. Other resources need no configuration. Resources without an explicit provider use the configuration of the "+
		"stack.")
	a.Describe(&c.APIURL, "Address of the Pulumi Cloud API, such as `https://api.pulumi.com`. Default: the environment "+
		"variable `PULUMI_BACKEND_URL` or `PULUMI_API`, else the address that the CLI is logged in to, else "+
		"`https://api.pulumi.com`. Set it if the program's own state is in another backend, such as `file://`, and that "+
		"variable names the backend.")
	a.Describe(&c.AccessToken, "Access token for Pulumi Cloud. Default: the environment variable `PULUMI_ACCESS_TOKEN`, "+
		"else the token that `pulumi login` stored for the address.")
}

// Environment returns, for each property, the environment variables that provide it if it is not configured. The first
// that is set counts. The schema lists them, but not as defaults: the framework would store a default token in the
// state. A later destroy would then use the old token, and every renewal would show up as a diff.
func Environment() map[string][]string {
	return map[string][]string{"apiUrl": credentials.AddressVariables(), "accessToken": {credentials.TokenVariable}}
}

// Diff reports every change as an update in place. The framework's default would replace the provider, and with it
// every resource: a new token would delete and recreate every sync.
func (Config) Diff(_ context.Context, req infer.DiffRequest[Config, Config]) (infer.DiffResponse, error) {
	changes := map[string]p.PropertyDiff{}
	was, is := req.State.given(), req.Inputs.given()
	if was.APIURL != is.APIURL {
		changes["apiUrl"] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
	}
	if was.AccessToken != is.AccessToken {
		changes["accessToken"] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
	}
	return infer.DiffResponse{HasChanges: len(changes) > 0, DetailedDiff: changes}, nil
}

// cloud makes clients for the custom resources and functions. Tests replace its parts.
type cloud struct {
	resolver credentials.Resolver
	getenv   func(string) string
	// transport sends the calls. Nil is the transport that all clients share.
	transport http.RoundTripper
}

// client returns a client for the configured cloud. Missing configuration comes from the environment, then from the
// credentials that `pulumi login` stored.
func (c cloud) client(ctx context.Context) (*deployments.Client, error) {
	found, err := c.resolver.Resolve(infer.GetConfig[Config](ctx).given())
	if err != nil {
		return nil, err
	}
	return deployments.NewClient(found, c.transport), nil
}

// InsideDeployments reports whether Pulumi Deployments runs this program.
func InsideDeployments() bool { return systemCloud().insideDeployments() }

// Client returns a client for the configured Pulumi Cloud.
func Client(ctx context.Context) (*deployments.Client, error) { return systemCloud().client(ctx) }

func (c cloud) insideDeployments() bool {
	return c.getenv("PULUMI_CI_SYSTEM") == "Pulumi Deployments"
}

// waitOptions parses the timeout. Inside Pulumi Deployments they set LeaveQueued, because this program may occupy the
// slot that the run needs.
func (c cloud) waitOptions(timeout string) (deployments.WaitOptions, error) {
	duration, err := time.ParseDuration(timeout)
	if err != nil { // cannot happen: Check validates it
		return deployments.WaitOptions{}, fmt.Errorf("timeout %q: %w", timeout, err)
	}
	return deployments.WaitOptions{Timeout: duration, LeaveQueued: c.insideDeployments()}, nil
}

// statusLine shows progress beside the resource and warnings as diagnostics.
type statusLine struct{ logger p.Logger }

// Progress replaces the status beside the resource.
func (s statusLine) Progress(text string) { s.logger.InfoStatus(text) }

// Warn adds a warning to the diagnostics.
func (s statusLine) Warn(text string) { s.logger.Warning(text) }
