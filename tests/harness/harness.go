package harness

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// Organization is the organization of the local cloud. OtherOrganization is a second one with the same user.
const (
	Organization      = "acme"
	OtherOrganization = "umbrella"
)

// Options configure a Harness. The zero Options are usable.
type Options struct {
	// Now is the start of the cloud's clock. Default: the current minute.
	Now time.Time
	// RestrictStackTokens prevents deployments that no user started from opening environments, as in a real organization
	// whose default environment permission is none.
	RestrictStackTokens bool
	// Restricted is the organization's permission mode in which a deployment needs a role, selected in its stack's
	// settings.
	Restricted bool
	// Roles are the organization's roles.
	Roles []pulumicloud.Role
	// RealExecutor runs every part of a deployment as the service does: git clone, a shell for each pre-run command, and a
	// preview before an update that does not skip it. Without it, whatever is the same for all syncs is shortened: see
	// pulumicloud.Light. ESCSYNC_EXECUTOR=real enables it everywhere.
	RealExecutor bool
	// Middleware wraps the cloud's API, to record requests or inject faults.
	Middleware func(http.Handler) http.Handler
	// Environment contains more KEY=VALUE pairs for the CLI and for deployments.
	Environment []string
	// Plugins are published plugins in addition to the stand-ins: binaries by the folders in which the CLI installs them,
	// such as resource-kubernetes-v4.25.0.
	Plugins map[string]string
	// Orphans is the prefix of the names of processes that a published plugin leaves behind. All others are errors.
	Orphans string
	// TraceCalls lets the engines log their calls, for Calls.
	TraceCalls bool
	// Log gets a line for each request to the cloud.
	Log io.Writer
}

// Harness is a local Pulumi Cloud, an account of the AWS emulator, and a CLI configured for both. Goroutines may call
// its methods concurrently if they use different stacks.
type Harness struct {
	// Cloud is the local Pulumi Cloud.
	Cloud *pulumicloud.Server

	tools       Tools
	root        string
	environment []string
	plugins     []Plugin
	orphans     string
	aws         aws.Config

	mu         sync.Mutex
	transcript []Text
	folders    int
}

// New starts a Harness for a test, and closes it at the test's end.
func New(t testing.TB, opts Options) *Harness {
	t.Helper()
	h, err := Start(t.Context(), opts)
	if err != nil {
		t.Fatalf("starting the harness: %v", err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Errorf("closing the harness: %v", err)
		}
	})
	return h
}

// Start starts a Harness. The caller must Close it. All its processes end with ctx.
func Start(ctx context.Context, opts Options) (*Harness, error) {
	tools, err := FindTools()
	if err != nil {
		return nil, err
	}
	root, err := os.MkdirTemp("", "escsync-")
	if err != nil {
		return nil, fmt.Errorf("making the temporary folder: %w", err)
	}
	h := &Harness{tools: tools, root: root, orphans: opts.Orphans}
	if err := h.start(ctx, opts); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

func (h *Harness) start(ctx context.Context, opts Options) error {
	for _, folder := range []string{"home", "pulumi", "tmp", "programs"} {
		if err := os.Mkdir(filepath.Join(h.root, folder), 0o700); err != nil {
			return fmt.Errorf("making the temporary folders: %w", err)
		}
	}
	var err error
	if h.plugins, err = installPlugins(h.tools, h.pluginFolder()); err != nil {
		return err
	}
	for folder, binary := range opts.Plugins {
		if err := install(h.pluginFolder(), folder, binary); err != nil {
			return err
		}
	}
	if h.aws, err = newAccount(ctx, h.tools.Moto); err != nil {
		return err
	}
	login, err := h.awsEnvironment(ctx)
	if err != nil {
		return err
	}
	h.environment = append(h.baseEnvironment(), login...)
	if opts.TraceCalls {
		h.environment = append(h.environment, "PULUMI_DEBUG_GRPC="+h.rpcTrace())
	}
	h.environment = append(h.environment, opts.Environment...)
	h.Cloud, err = h.startCloud(ctx, opts)
	return err
}

// Close ends all processes of the Harness and removes its temporary folder. It may be called more than once.
func (h *Harness) Close() error {
	var errs []error
	if h.Cloud != nil {
		errs = append(errs, h.Cloud.Close())
	}
	errs = append(errs, endLeftovers(h.root, h.orphans), removeAll(h.root))
	return errors.Join(errs...)
}

// Notes returns one line about each service and plugin that tells whether it is real or a stand-in, for readers of the
// output.
func (h *Harness) Notes() []string {
	notes := []string{"Pulumi Cloud is a stand-in at " + h.Cloud.URL()}
	var standIns []string
	for _, plugin := range h.plugins {
		if plugin.Real {
			notes = append(notes, fmt.Sprintf("the plugin %s is the published one, %s", plugin.Name, plugin.Path))
		} else {
			version := strings.TrimPrefix(filepath.Base(filepath.Dir(plugin.Path)), "resource-"+plugin.Name+"-")
			standIns = append(standIns, plugin.Name+" "+version)
		}
	}
	return append(notes, "stand-ins for the published plugins, each in this version alone: "+strings.Join(standIns, ", "))
}
