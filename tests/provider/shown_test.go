package provider_test

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// Over random sequences of changes, a run does what its preview announced: which names it adds, changes and stops
// pushing, and how many of the latter stay on the platform. A failed run has pushed nothing, and neither has one that
// the target's inventory refused.
func TestPreviewIsWhatTheRunDoes(t *testing.T) {
	t.Parallel()
	status := statusLines(t)
	prov, err := provider.New()
	require.NoError(t, err)
	recorder := newPushes()
	server, err := integration.NewServer(t.Context(), version.Name, semver.MustParse(version.Version),
		integration.WithProvider(prov), integration.WithMocks(recorder))
	require.NoError(t, err)
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		w := &world{server: server, recorder: recorder, status: status}
		program := firstProgram(t)
		for range rapid.IntRange(2, 8).Draw(t, "steps") {
			if w.up(t, program, rapid.IntRange(0, 9).Draw(t, "fails") == 0) {
				compared++
			}
			program = w.program
			for range rapid.IntRange(1, 3).Draw(t, "changes") {
				program = program.changed(t)
			}
		}
	})
	require.Greater(t, compared, 150, "most programs are refused")
}

// world is the SyncRun of a program and its target stack, as the engine has them.
type world struct {
	server   integration.Server
	recorder *pushes
	status   func() string
	// program is the last accepted one, and inputs are those of its SyncRun.
	program program
	inputs  property.Map
	state   property.Map
	stack   targetStack
}

// up previews a program and runs it. It reports whether there was anything to compare.
func (w *world) up(t *rapid.T, next program, fails bool) bool {
	if w.program.value == nil {
		w.program = next
	}
	w.recorder.reset()
	request := next.inputs()
	// With a token, Pulumi Cloud is not asked for a role.
	request["deployment"] = property.New(props{"accessToken": str("token").WithSecret(true)})
	if _, err := w.server.Construct(escSync(request)); err != nil {
		t.Logf("refused: %v", err)
		return false
	}
	inputs := w.recorder.all[run.SyncRunToken][0].Inputs
	after, refused := w.runTarget(t, next)
	if refused != "" {
		t.Logf("the run is refused: %s", refused)
		return false
	}
	done := w.stack.changesTo(after)
	names, line := w.preview(t, inputs)
	require.Equal(t, done.names, names, "%v", next)
	require.Equal(t, done.line(), line, "%v", next)
	w.program, w.inputs = next, inputs
	if fails {
		w.state = w.state.Set("status", property.New("failed"))
		return true
	}
	w.stack, w.state = after, inputs.Set("status", property.New("succeeded"))
	return true
}

// preview returns what the preview of the program shows: the change of each name, and the status line of the run.
func (w *world) preview(t *rapid.T, inputs property.Map) (map[string]p.DiffKind, string) {
	urn := resource.NewURN("dev", "shop", "", run.SyncRunToken, "shown")
	names := map[string]p.DiffKind{}
	if w.state.Len() == 0 {
		for name := range inputs.Get("secrets").AsMap().All {
			names[name] = p.Add
		}
		created, err := w.server.Create(p.CreateRequest{Urn: urn, Properties: inputs, DryRun: true})
		require.NoError(t, err)
		w.state = created.Properties.Set("secrets", property.New(property.Map{}))
		for _, name := range []string{"organization", "project", "stack", "within"} {
			w.state = w.state.Set(name, inputs.Get(name))
		}
		return names, w.status()
	}
	diff, err := w.server.Diff(p.DiffRequest{
		ID: "acme/tgt/dev", Urn: urn, State: w.state, OldInputs: w.inputs, Inputs: inputs,
	})
	require.NoError(t, err)
	for path, change := range diff.DetailedDiff {
		if name, isName := strings.CutPrefix(path, `secrets["`); isName {
			names[strings.TrimSuffix(name, `"]`)] = change.Kind
		}
	}
	line := w.status()
	if _, byName, also := strings.Cut(line, "; "); also {
		line = byName
	}
	if len(names) == 0 { // the line then says why a run starts
		line = ""
	}
	return names, line
}

// statusLines captures the status lines of the SyncRun. The returned function returns the lines since its last call.
func statusLines(t *testing.T) func() string {
	t.Helper()
	before := slog.Default()
	lines := &lineHandler{Handler: before.Handler()}
	slog.SetDefault(slog.New(lines))
	t.Cleanup(func() { slog.SetDefault(before) })
	return func() string {
		lines.mu.Lock()
		defer lines.mu.Unlock()
		said := strings.Join(lines.said, "\n")
		lines.said = nil
		return said
	}
}

type lineHandler struct {
	slog.Handler
	mu   sync.Mutex
	said []string
}

var ofARun = regexp.MustCompile(`^a run starts|^\d+ (to |unchanged)`)

// Enabled accepts all levels: the inner handler decides about other lines.
func (h *lineHandler) Enabled(context.Context, slog.Level) bool { return true }

// WithAttrs drops attributes, because the messages contain everything.
func (h *lineHandler) WithAttrs([]slog.Attr) slog.Handler { return h }

// Handle records a line about a run.
func (h *lineHandler) Handle(ctx context.Context, record slog.Record) error {
	if !ofARun.MatchString(record.Message) {
		if !h.Handler.Enabled(ctx, record.Level) {
			return nil
		}
		return h.Handler.Handle(ctx, record)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.said = append(h.said, record.Message)
	return nil
}
