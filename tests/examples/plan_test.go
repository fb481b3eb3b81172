package examples

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// resource is one resource in the engine's plan.
type resource struct {
	Type         string   `json:"type"`
	Name         string   `json:"name"`
	Custom       bool     `json:"custom"`
	Parent       string   `json:"parent"`
	Dependencies []string `json:"dependencies"`
	InputDiff    struct {
		Adds map[string]any `json:"adds"`
	} `json:"inputDiff"`
}

// ownProvider is the start of the name of this package's default provider.
const ownProvider = "::pulumi:providers:escsync::default"

// planOf reads a saved plan: its resources by URN, without the stack itself.
func planOf(t *testing.T, file string) map[string]resource {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var saved struct {
		ResourcePlans map[string]struct {
			Goal *resource `json:"goal"`
		} `json:"resourcePlans"`
	}
	require.NoError(t, json.Unmarshal(text, &saved))
	plan := map[string]resource{}
	for urn, planned := range saved.ResourcePlans {
		goal := planned.Goal
		if goal == nil || goal.Type == "pulumi:pulumi:Stack" {
			continue
		}
		slices.Sort(goal.Dependencies)
		plan[urn] = *goal
	}
	return plan
}
