package destinations

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Pushed tests the pushes of all given destinations in one program: created, changed, and destroyed with Delete. After
// each step the platforms must have the secrets of the values {user, password, extra}, and no others. The server is
// that of the destination's first row.
func Pushed(t *testing.T, pushed []platforms.Destination) {
	t.Helper()
	started := map[*platforms.Server]bool{}
	var all []platforms.Platform
	var environment []string
	for _, one := range pushed {
		if started[one.Server] {
			continue
		}
		started[one.Server] = true
		running, err := one.Rows[0].Start(t.Context())
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, running.Close()) })
		all, environment = append(all, running), append(environment, running.Environment()...)
	}
	h := harness.New(t, harness.Options{Environment: environment})
	for _, running := range all {
		if emulated, ok := running.(platforms.Emulated); ok {
			require.NoError(t, emulated.Connect(h.AWS("")))
		}
	}
	up := func(values map[string]string) (folder string) {
		t.Helper()
		folder, err := h.WriteProgram(targets(t, pushed, values))
		require.NoError(t, err)
		_, err = h.Up(t.Context(), folder, stack)
		require.NoError(t, err)
		return folder
	}

	values := map[string]string{"user": "bob", "password": "p$a\"s'\n"}
	up(values)
	assert.Equal(t, secretsOf(pushed, values), secretsOn(t, all), "after the first update")
	values = with(with(values, "user", "carol"), "extra", "added")
	folder := up(values)
	assert.Equal(t, secretsOf(pushed, values), secretsOn(t, all), "after a change and an addition")
	_, err := h.Destroy(t.Context(), folder, stack)
	require.NoError(t, err)
	assert.Empty(t, secretsOn(t, all), "after a destroy with Delete")
}

// targets returns a program with the targets, whose values are secret.
func targets(t *testing.T, pushed []platforms.Destination, values map[string]string) string {
	t.Helper()
	resources := map[string]any{}
	for _, one := range pushed {
		about, ok := platform.All.Named(one.Name)
		require.True(t, ok, one.Name)
		for name, push := range one.Pushes {
			var value any = values
			if push.Key != "" {
				value = values[push.Key]
			}
			resources[name] = map[string]any{"type": "escsync:" + about.Type + "Target", "properties": map[string]any{
				"value":          map[string]any{"fn::secret": value},
				"destination":    json.RawMessage(push.Destination),
				"deletionPolicy": deletes,
			}}
		}
	}
	text, err := json.Marshal(map[string]any{"name": "shop", "runtime": "yaml", "resources": resources})
	require.NoError(t, err)
	return string(text)
}

// secretsOf returns the secrets that the targets make of the values.
func secretsOf(pushed []platforms.Destination, values map[string]string) map[string]string {
	secrets := map[string]string{}
	for _, one := range pushed {
		for _, push := range one.Pushes {
			maps.Copy(secrets, pushedBy(push, values))
		}
	}
	return secrets
}

// pushedBy returns the secrets that one target makes of the values.
func pushedBy(push platforms.Push, values map[string]string) map[string]string {
	stored := push.Stored
	if stored == nil {
		stored = func(value string) string { return value }
	}
	switch {
	case push.Each != nil:
		secrets := map[string]string{}
		for key, value := range values {
			secrets[push.Each(key)] = stored(value)
		}
		return secrets
	case push.Key != "":
		return map[string]string{push.Identity: stored(values[push.Key])}
	}
	return map[string]string{push.Identity: harness.CompactJSON(values)}
}

// secretsOn returns the secrets on the platforms.
func secretsOn(t *testing.T, all []platforms.Platform) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, running := range all {
		secrets, err := running.Secrets(t.Context())
		require.NoError(t, err)
		maps.Copy(found, secrets)
	}
	return found
}
