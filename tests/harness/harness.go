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

// Organization is the organization of the local cloud, OtherOrganization a second one that its user is a member of.
const (
	Organization      = "acme"
	OtherOrganization = "umbrella"
)

// Options configure a Harness. The zero Options are usable.
type Options struct {
	// Now is the start of the cloud's clock. Default: the current minute.
	Now time.Time
	// RestrictStackTokens keeps deployments that no user asked for from opening environments, as on a real
	// organization whose default environment permission is none.
	RestrictStackTokens bool
	// Restricted is the organization's permission mode: a deployment needs a role that its stack's settings select.
	Restricted bool
	// Roles are those of the organization.
	Roles []pulumicloud.Role
	// RealExecutor runs every part of a deployment as the service does: git clone, a shell for each pre-run command, and
	// a preview before an update that does not skip it. Without it what is the same for all syncs is shortened: see
	// pulumicloud.Light.
	// ESCSYNC_EXECUTOR=real selects it everywhere.
	RealExecutor bool
	// Middleware wraps the cloud's API, to record requests or inject faults.
	Middleware func(http.Handler) http.Handler
	// Environment holds further KEY=VALUE pairs for the CLI and for deployments.
	Environment []string
	// Plugins are published plugins besides the stand-ins: the binaries, by the folders that the CLI installs them in,
	// such as resource-kubernetes-v4.25.0.
	Plugins map[string]string
	// Orphans begins the name of the processes that a published plugin leaves behind. Any others are a fault.
	Orphans string
	// TraceCalls makes the engines write down their calls, for Calls.
	TraceCalls bool
	// Log gets a line for each request to the cloud.
	Log io.Writer
}

// Harness is a local Pulumi Cloud, an account of the AWS emulator and a CLI that is set up to use both. Its methods
// may be called from several goroutines, as long as they use different stacks.
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

// Start starts a Harness. The caller must Close it. All that it runs ends with ctx.
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

// Close ends all that the Harness started and removes its temporary folder. It may be called more than once.
func (h *Harness) Close() error {
	var errs []error
	if h.Cloud != nil {
		errs = append(errs, h.Cloud.Close())
	}
	errs = append(errs, endLeftovers(h.root, h.orphans), removeAll(h.root))
	return errors.Join(errs...)
}

// Notes says which of Pulumi's services and plugins are real and which are stand-ins, one line each, for a reader of
// the output.
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
