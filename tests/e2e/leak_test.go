package e2e

import (
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// leakProgram pushes an imported secret, one from the stack's configuration, and one that the program creates, three
// levels deep.
const leakProgram = `
name: shop
runtime: yaml
config:
  apiKey: {type: string, secret: true}
resources:
  db:
    type: escsync:EscSync
    properties:
      imports: [my-project/my-imported-env@stable]
      value:
        imported: $${my-imported-env-password}
        configured: ${apiKey}
        deep:
          list:
            - inner:
                fn::secret: "made-in-program $literal \"quoted\"\nsecond-line"
      destination:
        awsSecretsManager: {name: prod/db, region: us-west-2}
`

// No output of a run contains a secret in plain text.
func TestNoSecretInPlainText(t *testing.T) {
	t.Parallel()
	const (
		imported   = "imported-marker $ecret \"quoted\"\nsecond-imported-line"
		configured = "configured-marker ${not.one} 'quoted'"
		made       = "made-in-program $literal \"quoted\"\nsecond-line"
	)
	ctx := t.Context()
	h := newPattern(t, imported, harness.Options{RealExecutor: true, TraceCalls: true})
	dir := write(t, h, leakProgram)
	require.NoError(t, h.SetSecretConfig(ctx, dir, stack, "apiKey", configured))

	_, err := h.Preview(ctx, dir, stack, "--diff")
	require.NoError(t, err)
	up(t, h, dir, "--diff")
	_, err = h.Deploy(ctx, "preview", awsTarget)
	require.NoError(t, err)
	h.Cloud.AdvanceClock(time.Hour)
	run := lastRun(t, h, awsTarget)
	require.Equal(t, "succeeded", run.Status, run.Log)
	assert.JSONEq(t, harness.CompactJSON(map[string]any{
		"imported":   imported,
		"configured": configured,
		"deep":       map[string]any{"list": []any{map[string]any{"inner": made}}},
	}), secretValue(t, h, "prod/db"), "the secrets must have come through, or there is nothing to look for")
	texts := append(h.Transcript(), stateTexts(t, h)...)
	texts = append(texts, configurations(t, h)...)

	for _, name := range []string{stack, awsTarget} {
		assertNoPositions(t, h, name)
	}
	for name, secret := range map[string]string{"imported": imported, "configured": configured, "made": made} {
		assert.Empty(t, harness.Leaks(texts, secret), "the %s secret stands there in plain text", name)
	}
}

// stateTexts returns the states as `pulumi stack export` prints them, and the definition as the cloud stores it.
func stateTexts(t *testing.T, h *harness.Harness) []harness.Text {
	t.Helper()
	var texts []harness.Text
	for _, name := range []string{stack, awsTarget} {
		state, err := h.Export(t.Context(), t.TempDir(), name)
		require.NoError(t, err)
		require.Contains(t, string(state), `"resources"`, "the state of %s", name)
		texts = append(texts, harness.Text{Name: "export of " + name, Content: string(state)})
	}
	definition, revision := h.Cloud.StoredEnvironment("escsync/shop-dev-db")
	require.NotZero(t, revision)
	return append(texts, harness.Text{Name: "stored definition", Content: definition})
}

// assertNoPositions fails if the state contains paths of the machine that built the plugin. The stack itself has those
// of the YAML host.
func assertNoPositions(t *testing.T, h *harness.Harness, name string) {
	t.Helper()
	resources := resourcesOf(t, h, name)
	require.Greater(t, len(resources), 2)
	for _, r := range resources {
		if r.Type != resource.RootStackType {
			assert.Empty(t, r.SourcePosition, r.URN)
			assert.Empty(t, r.StackTrace, r.URN)
		}
	}
}

// configurations returns the configurations sent to plugins, which some of them log.
func configurations(t *testing.T, h *harness.Harness) []harness.Text {
	t.Helper()
	calls, err := h.Calls("ResourceProvider")
	require.NoError(t, err)
	var texts []harness.Text
	plugins := map[string]bool{}
	for _, call := range calls {
		if call.Method == "CheckConfig" || call.Method == "DiffConfig" || call.Method == "Configure" {
			texts = append(texts, harness.Text{Name: call.Method + " of " + call.Plugin, Content: call.Request})
			plugins[call.Plugin] = true
		}
	}
	for _, plugin := range []string{"aws", "escsync", "pulumiservice"} {
		require.True(t, plugins[plugin], "the configuration of %s was not seen: %v", plugin, plugins)
	}
	return texts
}
