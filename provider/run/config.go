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

// Config is the configuration of the provider: where Pulumi Cloud is, and who calls it. Both parts are for SyncRun,
// Caretaker and getSyncStatus, which call it themselves, and for EscSync, which makes the first two and links to the
// console. The targets need no configuration.
type Config struct {
	APIURL      *string `pulumi:"apiUrl,optional"`
	AccessToken *string `pulumi:"accessToken,optional" provider:"secret"`
}

// given is the configuration with empty texts for what is not there. An empty text in the state would be an empty
// secret, which each operation encrypts.
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

// Environment names the variables that each part is taken from where it is not configured, the first that is set. The
// schema shows them. They are no defaults of the framework's: it would write what they hold into the state, where a
// destroy finds a token that has been renewed since, and each renewal would be a difference.
func Environment() map[string][]string {
	return map[string][]string{"apiUrl": credentials.AddressVariables(), "accessToken": {credentials.TokenVariable}}
}

// Diff makes every change of the configuration an update in place. The framework's own would replace the provider, and
// with it every resource: a new token would delete and re-create each sync.
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

// cloud reaches Pulumi Cloud for the custom resources and functions. Its parts are replaced in tests.
type cloud struct {
	resolver credentials.Resolver
	getenv   func(string) string
	// transport carries the calls; nil stands for the default one.
	transport http.RoundTripper
}

// client returns a client for the configured cloud. What the configuration leaves open comes from the environment, then
// from the stored credentials.
func (c cloud) client(ctx context.Context) (*deployments.Client, error) {
	found, err := c.resolver.Resolve(infer.GetConfig[Config](ctx).given())
	if err != nil {
		return nil, err
	}
	return deployments.NewClient(found, c.transport), nil
}

// InsideDeployments tells whether the program itself is run by Pulumi Deployments.
func InsideDeployments() bool { return systemCloud().insideDeployments() }

// Client returns a client of the cloud that the provider is configured for.
func Client(ctx context.Context) (*deployments.Client, error) { return systemCloud().client(ctx) }

// insideDeployments tells whether the program itself is run by Pulumi Deployments.
func (c cloud) insideDeployments() bool {
	return c.getenv("PULUMI_CI_SYSTEM") == "Pulumi Deployments"
}

// waitOptions are how long a run is waited for. Inside Pulumi Deployments, one that does not begin is left to itself.
func (c cloud) waitOptions(timeout string) (deployments.WaitOptions, error) {
	duration, err := time.ParseDuration(timeout)
	if err != nil { // Check has seen to it
		return deployments.WaitOptions{}, fmt.Errorf("timeout %q: %w", timeout, err)
	}
	return deployments.WaitOptions{Timeout: duration, LeaveQueued: c.insideDeployments()}, nil
}

// statusLine shows how a run goes on: progress in the resource's line, warnings as diagnostics.
type statusLine struct{ logger p.Logger }

// Progress replaces the text beside the resource.
func (s statusLine) Progress(text string) { s.logger.InfoStatus(text) }

// Warn adds a warning.
func (s statusLine) Warn(text string) { s.logger.Warning(text) }
