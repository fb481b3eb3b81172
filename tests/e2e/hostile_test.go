package e2e

import (
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// Whatever stands in a value arrives as it is, through every shell, file and interpolation on the way.
func TestHostileValuesArriveAsTheyAre(t *testing.T) {
	t.Parallel()
	hostile := map[string]string{
		"command":     "$(touch /tmp/escsync-was-here)",
		"backticks":   "`touch /tmp/escsync-was-here`",
		"quotes":      `'"; touch /tmp/escsync-was-here; '"`,
		"newlines":    "a\nb\r\nc\n",
		"semicolon":   "; exit 1",
		"option":      "--force",
		"dollars":     "$ $$ ${x} $${x} $HOME",
		"unicode":     "\u00fc \U0001f642 \u2028 \u202e",
		"backslashes": `\ \\ \n \u0024`,
		"json":        `{"a": [1, 2]}`,
		"control":     "\x01\x7f\t",
		"NUL":         "a\x00; touch /tmp/escsync-was-here",
		"yaml":        "- a: &b *c #d",
	}
	h := harness.New(t, harness.Options{})
	values := map[string]any{}
	for key, value := range hostile {
		// Base64, as Pulumi YAML interpolates too.
		values[key] = map[string]any{"fn::secret": map[string]any{
			"fn::fromBase64": base64.StdEncoding.EncodeToString([]byte(value)),
		}}
	}
	program := map[string]any{
		"name": project, "runtime": "yaml",
		"resources": map[string]any{"db": map[string]any{
			"type": "escsync:EscSync",
			"properties": map[string]any{
				"value":       values,
				"initialSync": map[string]bool{"enabled": false},
				"destination": map[string]any{"awsSecretsManager": map[string]string{"name": "hostile", "region": region}},
			},
		}},
	}
	up(t, h, write(t, h, text(t, program)))
	_, err := h.Deploy(t.Context(), "update", awsTarget)
	require.NoError(t, err)
	run := lastRun(t, h, awsTarget)
	require.Equal(t, "succeeded", run.Status, run.Log)
	got := map[string]string{}
	require.NoError(t, json.Unmarshal([]byte(secretValue(t, h, "hostile")), &got))
	assert.Equal(t, hostile, got)
	assert.NoFileExists(t, "/tmp/escsync-was-here")
}

func text(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}
