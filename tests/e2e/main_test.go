package e2e

import (
	"fmt"
	"os"
	"testing"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// Names that examples/yaml declares.
const (
	example       = "examples/yaml"
	exampleStack  = "escsync-example-yaml/dev"
	exampleTarget = "escsync-target/escsync-example-yaml-dev-sync"
	exampleSecret = "name-in-secrets-manager"
)

func TestMain(m *testing.M) {
	if _, err := harness.FindTools(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// newPattern starts a harness with the environment that the examples import.
func newPattern(t *testing.T, password string, opts harness.Options) *harness.Harness {
	t.Helper()
	h := harness.New(t, opts)
	for _, note := range h.Notes() {
		t.Log(note)
	}
	setPassword(t, h, password, true)
	return h
}

// setPassword sets the password in the environment that the examples import, and moves its tag to the new revision.
func setPassword(t *testing.T, h *harness.Harness, password string, create bool) {
	t.Helper()
	write := h.UpdateEnvironment
	if create {
		write = h.CreateEnvironment
	}
	if err := write(t.Context(), harness.PatternEnvironment, harness.PatternDefinition(password)); err != nil {
		t.Fatal(err)
	}
	if err := h.TagEnvironment(t.Context(), harness.PatternEnvironment, harness.PatternTag); err != nil {
		t.Fatal(err)
	}
}
