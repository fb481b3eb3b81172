package pulumicloud

import (
	"io"
	"net/http"
	"time"
)

// Options configure a Server. The zero Options are usable.
type Options struct {
	// Organization is the organization of the cloud. Default: "acme".
	Organization string
	// OtherOrganizations are further ones that the user is a member of. Teams, organization webhooks and pauses are not
	// told apart by organization.
	OtherOrganizations []string
	// Now is the start of the clock, which stands still but for AdvanceClock. Default: the current minute, UTC.
	Now time.Time
	// StackTokensOpenEnvironments lets the token of a deployment that no user requested open ESC environments.
	// On the real service that depends on the organization's default environment permission.
	StackTokensOpenEnvironments bool
	// RestrictAnonymousOpens keeps every token but the user's from opening a definition that is sent along (the scope
	// environment_yaml:open, which teams and runs need not have). `pulumi up` opens a stack's environments so.
	RestrictAnonymousOpens bool
	// AcceptedFor is how long, by the real clock, a deployment that is off the queue shows as accepted before it runs.
	// Default: it runs at once.
	AcceptedFor time.Duration
	// Teams are there from the start, without members or permissions.
	Teams []string
	// Mirrors maps the URL of a git repository to a local path or file:// URL that git clones in its place,
	// so that a public repository needs no network.
	Mirrors map[string]string
	// Plugins is a folder of installed plugins, laid out as PULUMI_HOME/plugins, for every deployment. Default: none.
	Plugins string
	// Light makes deployments cheap. Default: every one is run in full.
	Light *Light
	// Environment holds KEY=VALUE pairs for every process of every deployment: PATH with the Pulumi CLI, the addresses of
	// emulators. Nothing is inherited from the calling process.
	Environment []string
	// Middleware wraps the whole API, for fault injection and recording.
	Middleware func(http.Handler) http.Handler
	// Log gets a line a request: method, path, status. Never a body or a token.
	Log io.Writer
}

func (o Options) withDefaults() Options {
	if o.Organization == "" {
		o.Organization = "acme"
	}
	if o.Now.IsZero() {
		o.Now = time.Now().Truncate(time.Minute)
	}
	o.Now = o.Now.UTC()
	if o.Log == nil {
		o.Log = io.Discard
	}
	return o
}
