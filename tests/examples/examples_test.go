package examples

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/long"
)

// languages are the languages whose programs can run here. .NET is not one of them: its toolchain is not required, and
// its example is only parsed.
var languages = []string{"typescript", "python", "go", "java"}

// quick leaves a language to `make test-full` unless it is TypeScript, the most common one.
func quick(t *testing.T, language string) {
	t.Helper()
	if language != "typescript" {
		long.Only(t)
	}
}

// The Python host uses python3 from PATH.
func TestMain(m *testing.M) {
	path := os.Getenv("ESCSYNC_SDK_PYTHON") + string(filepath.ListSeparator) + os.Getenv("PATH")
	if err := os.Setenv("PATH", path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// The YAML program is the reference for the others.
func TestEveryLanguagePlansTheSame(t *testing.T) {
	t.Parallel()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	h := harness.New(t, harness.Options{Environment: environment(t, tools)})
	require.NoError(t, h.CreateExampleEnvironments(t.Context()))

	yaml, result := preview(t, h, tools, "yaml")
	checkPlan(t, yaml)
	checkPlugin(t, result)
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			quick(t, language)
			plan, result := preview(t, h, tools, language)
			checkPlugin(t, result)
			assert.Equal(t, names(yaml), names(plan), "the resources")
			for urn, want := range yaml {
				assert.Equal(t, want, plan[urn])
			}
		})
	}
}

// preview previews an example and saves its plan, with secrets in plain text, because the whole definition is a secret.
func preview(t *testing.T, h *harness.Harness, tools harness.Tools, language string,
) (map[string]resource, *harness.Result) {
	t.Helper()
	plan := filepath.Join(t.TempDir(), "plan.json")
	result, err := h.Preview(t.Context(), stage(t, tools, language), project+"/dev", "--show-secrets", "--save-plan", plan)
	require.NoError(t, err)
	return planOf(t, plan), result
}

// checkPlugin requires that the SDK, or a YAML program itself, names the plugin and its download address for the
// engine.
func checkPlugin(t *testing.T, result *harness.Result) {
	t.Helper()
	want := ownProvider + "_" + strings.ReplaceAll(version.Version, ".", "_") + "_" +
		strings.ReplaceAll(version.PluginDownloadURL, "://", "_/")
	var found []string
	for _, step := range result.Steps {
		if strings.Contains(step.URN, ownProvider) {
			found = append(found, step.URN[strings.Index(step.URN, ownProvider):])
		}
	}
	assert.Equal(t, []string{want}, found)
}

// checkPlan requires that the example's values are in the plan, so that the comparison is not empty.
func checkPlan(t *testing.T, plan map[string]resource) {
	t.Helper()
	text, err := json.Marshal(plan)
	require.NoError(t, err)
	for _, part := range []string{
		"escsync:index:EscSync::sync", "pulumiservice:index:Environment", "pulumiservice:index:Webhook",
		"pulumiservice:index:DeploymentSettings", project + "-dev-sync", "my-project/my-imported-env@stable",
		"${my-imported-env-password}", "name-in-secrets-manager", "us-west-2",
	} {
		assert.Contains(t, string(text), part)
	}
}

func names(plan map[string]resource) []string {
	return slices.Sorted(maps.Keys(plan))
}
