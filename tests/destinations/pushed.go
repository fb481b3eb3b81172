package destinations

import (
	"context"
	"encoding/json"
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Push is a target component in a program of its user's own: a destination, and what it makes of a value.
type Push struct {
	// Component is the type, such as "VaultTarget".
	Component string
	// Destination is its property destination, as JSON.
	Destination string
	// Key is the one whose value is pushed alone. Default: all.
	Key string
	// Secrets are what the platform then holds, by identity.
	Secrets func(values map[string]string) map[string]string
}

// AsJSON is a secret that holds all values as JSON.
func AsJSON(identity string) func(values map[string]string) map[string]string {
	return func(values map[string]string) map[string]string {
		return map[string]string{identity: harness.CompactJSON(values)}
	}
}

// AsText is a secret that holds the value of a key.
func AsText(identity, key string) func(values map[string]string) map[string]string {
	return func(values map[string]string) map[string]string { return map[string]string{identity: values[key]} }
}

// Pushed takes many targets through the shortest life, all in one program: made, changed, and destroyed with Delete.
// After each the platforms hold what the targets make of the values {user, password, extra}, and nothing else.
func Pushed(t *testing.T, start []func(context.Context) (platforms.Platform, error), pushes map[string]Push) {
	t.Helper()
	var all []platforms.Platform
	var environment []string
	for _, one := range start {
		platform, err := one(t.Context())
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, platform.Close()) })
		all, environment = append(all, platform), append(environment, platform.Environment()...)
	}
	h := harness.New(t, harness.Options{Environment: environment})
	for _, platform := range all {
		if emulated, ok := platform.(platforms.Emulated); ok {
			require.NoError(t, emulated.Connect(h.AWS("")))
		}
	}
	up := func(values map[string]string) (folder string) {
		t.Helper()
		folder, err := h.WriteProgram(targets(t, pushes, values))
		require.NoError(t, err)
		_, err = h.Up(t.Context(), folder, stack)
		require.NoError(t, err)
		return folder
	}

	values := map[string]string{"user": "bob", "password": "p$a\"s'\n"}
	up(values)
	assert.Equal(t, secretsOf(pushes, values), heldBy(t, all), "after the first update")
	values = with(with(values, "user", "carol"), "extra", "added")
	folder := up(values)
	assert.Equal(t, secretsOf(pushes, values), heldBy(t, all), "after a change and an addition")
	_, err := h.Destroy(t.Context(), folder, stack)
	require.NoError(t, err)
	assert.Empty(t, heldBy(t, all), "after a destroy with Delete")
}

// targets is a program with the targets, whose values are secrets.
func targets(t *testing.T, pushes map[string]Push, values map[string]string) string {
	t.Helper()
	resources := map[string]any{}
	for name, push := range pushes {
		var value any = values
		if push.Key != "" {
			value = values[push.Key]
		}
		resources[name] = map[string]any{"type": "escsync:" + push.Component, "properties": map[string]any{
			"value":          map[string]any{"fn::secret": value},
			"destination":    json.RawMessage(push.Destination),
			"deletionPolicy": deletes,
		}}
	}
	text, err := json.Marshal(map[string]any{"name": "shop", "runtime": "yaml", "resources": resources})
	require.NoError(t, err)
	return string(text)
}

// secretsOf is what the targets make of the values.
func secretsOf(pushes map[string]Push, values map[string]string) map[string]string {
	secrets := map[string]string{}
	for _, push := range pushes {
		maps.Copy(secrets, push.Secrets(values))
	}
	return secrets
}

// heldBy is what the platforms hold.
func heldBy(t *testing.T, all []platforms.Platform) map[string]string {
	t.Helper()
	held := map[string]string{}
	for _, platform := range all {
		secrets, err := platform.Secrets(t.Context())
		require.NoError(t, err)
		maps.Copy(held, secrets)
	}
	return held
}
