package destinations

import (
	"context"
	"encoding/json"
	"fmt"
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
	// Value is what is pushed of all values. Default: all.
	Value func(values map[string]string) any
	// Secrets are what the platform then holds, by identity.
	Secrets func(values map[string]string) map[string]string
}

// Pushed takes many targets through the shortest life, all in one program: made, changed, and destroyed with Delete.
// After each the platforms hold what the targets make of the values, and nothing else.
func Pushed(t *testing.T, start []func(context.Context) (platforms.Platform, error), pushes map[string]Push) {
	t.Helper()
	values := map[string]string{"user": "bob", "password": "p$a\"s'\n"}
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
	holds := func(step string, values map[string]string) {
		t.Helper()
		want, found := map[string]string{}, map[string]string{}
		for _, platform := range all {
			secrets, err := platform.Secrets(t.Context())
			require.NoError(t, err)
			maps.Copy(found, secrets)
		}
		for _, push := range pushes {
			if values != nil {
				maps.Copy(want, push.Secrets(values))
			}
		}
		require.Equal(t, want, found, step)
	}
	up := func(values map[string]string) string {
		t.Helper()
		folder, err := h.WriteProgram(targets(t, pushes, values))
		require.NoError(t, err)
		_, err = h.Up(t.Context(), folder, stack)
		require.NoError(t, err)
		return folder
	}

	up(values)
	holds("after the first update", values)
	values = with(with(values, "user", "carol"), "extra", "added")
	folder := up(values)
	holds("after a change and an addition", values)
	_, err := h.Destroy(t.Context(), folder, stack)
	require.NoError(t, err)
	holds("after a destroy with Delete", nil)
}

// targets is a program with the targets, whose values are secrets.
func targets(t *testing.T, pushes map[string]Push, values map[string]string) string {
	t.Helper()
	resources := map[string]any{}
	for name, push := range pushes {
		var value any = values
		if push.Value != nil {
			value = push.Value(values)
		}
		resources[name] = map[string]any{"type": "escsync:" + push.Component, "properties": map[string]any{
			"value":          map[string]any{"fn::secret": value},
			"destination":    json.RawMessage(push.Destination),
			"deletionPolicy": deletes,
		}}
	}
	text, err := json.Marshal(map[string]any{"name": "shop", "runtime": "yaml", "resources": resources})
	require.NoError(t, err, fmt.Sprint(resources))
	return string(text)
}
