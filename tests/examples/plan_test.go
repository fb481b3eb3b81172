package examples

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// resource is what one resource of a program comes to.
type resource struct {
	// URN holds types, parents and the name.
	URN    string
	Custom bool
	Inputs map[string]any
}

// ownProvider begins the name of this package's default provider.
const ownProvider = "::pulumi:providers:escsync::default"

// planOf lists the resources of a preview by URN, without the stack itself and without this package's default provider:
// it is named by the plugin's version and address, which an SDK sends and a YAML program does not.
func planOf(t *testing.T, result *harness.Result) map[string]resource {
	t.Helper()
	plan := map[string]resource{}
	for _, step := range result.Steps {
		if step.New == nil || step.Type == "pulumi:pulumi:Stack" || strings.Contains(step.URN, ownProvider) {
			continue
		}
		// Numbers and empty values are compared as they are written in JSON.
		text, err := json.Marshal(step.New.Inputs)
		require.NoError(t, err)
		entry := resource{URN: step.URN, Custom: step.New.Custom}
		require.NoError(t, json.Unmarshal(text, &entry.Inputs))
		plan[step.URN] = entry
	}
	return plan
}
