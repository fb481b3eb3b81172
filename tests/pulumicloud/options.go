package pulumicloud

import (
	"io"
	"net/http"
	"time"
)

// Options configure a Server. The zero Options are usable.
type Options struct {
	// Organization is the organization of the user. Default: "acme".
	Organization string
	// OtherOrganizations are further organizations of the user. Teams, organization webhooks and pauses are shared by
	// all organizations.
	OtherOrganizations []string
	// Now is the start of the clock. It moves only with AdvanceClock. Default: the current minute, UTC.
	Now time.Time
	// Restricted is the permission mode of the organization. If true, every stack must select a principal for its
	// deployments; a deployment without one is refused, and so is a PULUMI_ACCESS_TOKEN in the settings. Default:
	// permissive.
	Restricted bool
	// BackgroundRunner makes deployments that no user requested run as the organization's background runner, which may
	// open everything (see the documentation of permission modes). Default: they get a token for their own stack only
	// (see the documentation of deployments).
	BackgroundRunner bool
	// Roles are the initial roles of the organization.
	Roles []Role
	// DefaultDeploymentRole is the name of the role for deployments whose stack selects none. Default: none.
	DefaultDeploymentRole string
	// RestrictAnonymousOpens forbids tokens of teams and stacks to open a definition in the request body, which is how
	// `pulumi up` opens a stack's environments. They then lack the scope environment_yaml:open.
	RestrictAnonymousOpens bool
	// AcceptedFor is how long, in real time, a deployment stays accepted before it runs. Default: it runs at once.
	AcceptedFor time.Duration
	// Teams are the initial teams. They have no members and no permissions.
	Teams []string
	// Mirrors maps the URL of a git repository to a local path or file:// URL to clone instead, so that a public
	// repository needs no network.
	Mirrors map[string]string
	// Plugins is a folder of installed plugins for all deployments, laid out like PULUMI_HOME/plugins. Default: none.
	Plugins string
	// Light speeds up deployments. Default: each is executed in full.
	Light *Light
	// Environment contains KEY=VALUE pairs for all processes of all deployments, such as PATH with the Pulumi CLI and
	// the addresses of emulators. They inherit nothing from the calling process.
	Environment []string
	// Middleware wraps the whole API, for fault injection and recording.
	Middleware func(http.Handler) http.Handler
	// Log receives a line per request with its method, path and status, never a body or a token.
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
