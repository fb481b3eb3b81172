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
	// OtherOrganizations are further ones that the user is a member of. Teams, organization webhooks and pauses are
	// the same for all organizations.
	OtherOrganizations []string
	// Now is the start of the clock, which stands still but for AdvanceClock. Default: the current minute, UTC.
	Now time.Time
	// Restricted is the organization's permission mode: every stack must select a principal for its deployments, one
	// without is refused, and so is a PULUMI_ACCESS_TOKEN in the settings. Default: permissive.
	Restricted bool
	// BackgroundRunner lets deployments that nobody asked for run as the organization's background runner, which may
	// open everything, as the documentation of permission modes has it. Default: they have a token for their own stack
	// only, as the documentation of deployments has it.
	BackgroundRunner bool
	// Roles are those of the organization, from the start.
	Roles []Role
	// DefaultDeploymentRole is the name of the role that deployments run as whose stack selects none. Default: none.
	DefaultDeploymentRole string
	// RestrictAnonymousOpens keeps the tokens of teams and stacks from opening a definition that is sent along (the scope
	// environment_yaml:open, which they need not have). `pulumi up` opens a stack's environments so.
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
