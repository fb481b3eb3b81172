package pulumicloud

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	provider "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/stretchr/testify/require"
)

// keeperVariable turns this test binary into a Pulumi provider.
const keeperVariable = "PULUMICLOUD_TEST_RUN_KEEPER"

func TestMain(m *testing.M) {
	if os.Getenv(keeperVariable) != "" {
		if err := runKeeper(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// Note is a resource of the test provider "keeper". It stores a text and drifts if a file says so.
type Note struct{}

// NoteArgs are the inputs of a Note.
type NoteArgs struct {
	Text string `pulumi:"text" provider:"secret"`
	// Folder may contain a file "drift". The text of the Note then appears to be the content of that file.
	Folder string `pulumi:"folder,optional"`
}

// NoteState are the outputs of a Note.
type NoteState struct{ NoteArgs }

// Create stores the text.
func (Note) Create(_ context.Context, req infer.CreateRequest[NoteArgs]) (infer.CreateResponse[NoteState], error) {
	return infer.CreateResponse[NoteState]{ID: req.Name, Output: NoteState{req.Inputs}}, nil
}

// Update stores the new text and ends the drift.
func (Note) Update(
	_ context.Context, req infer.UpdateRequest[NoteArgs, NoteState],
) (infer.UpdateResponse[NoteState], error) {
	if !req.DryRun && req.Inputs.Folder != "" {
		_ = os.Remove(filepath.Join(req.Inputs.Folder, "drift"))
	}
	return infer.UpdateResponse[NoteState]{Output: NoteState{req.Inputs}}, nil
}

// Read detects the drift.
func (Note) Read(
	_ context.Context, req infer.ReadRequest[NoteArgs, NoteState],
) (infer.ReadResponse[NoteArgs, NoteState], error) {
	state := req.State
	if drifted, err := os.ReadFile(filepath.Join(state.Folder, "drift")); err == nil && state.Folder != "" {
		state.Text = string(drifted)
	}
	return infer.ReadResponse[NoteArgs, NoteState]{ID: req.ID, Inputs: state.NoteArgs, State: state}, nil
}

func runKeeper() error {
	keeper, err := infer.NewProviderBuilder().
		WithNamespace("pulumicloud").
		WithModuleMap(map[tokens.ModuleName]tokens.ModuleName{"pulumicloud": "index"}).
		WithResources(infer.Resource(Note{})).
		Build()
	if err != nil {
		return err
	}
	return provider.RunProvider(context.Background(), "keeper", "1.0.0", keeper)
}

// keeperFolder returns a folder for PATH that contains the provider.
func keeperFolder(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	folder := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\n%s=1 exec '%s' \"$@\"\n", keeperVariable, self)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "pulumi-resource-keeper"), []byte(script), 0o755))
	return folder
}
