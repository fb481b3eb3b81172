package pulumicloud

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMerge(t *testing.T) {
	old := tree{"a": map[string]any{"x": 1, "y": 2}, "b": "b", "s": map[string]any{"ciphertext": "old"}, "l": []any{1, 2}}
	got := old.merge(tree{
		"a": map[string]any{"y": nil, "z": 3}, "b": map[string]any{"now": "object"},
		"s": map[string]any{"ciphertext": "new"}, "l": []any{3}, "missing": nil,
	})
	require.Equal(t, tree{
		"a": map[string]any{"x": 1, "z": 3}, "b": map[string]any{"now": "object"},
		"s": map[string]any{"ciphertext": "new"}, "l": []any{3},
	}, got)
	require.Equal(t, map[string]any{"x": 1, "y": 2}, old["a"], "the old tree is untouched")
}

func TestWithoutEmpty(t *testing.T) {
	got := tree{
		"executorContext":  map[string]any{"workingDirectory": ""},
		"operationContext": map[string]any{"preRunCommands": []any{}, "operation": "", "options": map[string]any{"a": false}},
		"agentPoolID":      nil,
	}.withoutEmpty()
	require.Equal(t, tree{"operationContext": map[string]any{"options": map[string]any{"a": false}}}, got)
}

func TestSealIsUndoneByItsOwnerOnly(t *testing.T) {
	keys, err := newKeyring()
	require.NoError(t, err)
	sealed, err := tree{"operationContext": map[string]any{
		"environmentVariables": map[string]any{"A": map[string]any{"secret": "hidden"}},
	}}.seal(keys.of("one"))
	require.NoError(t, err)
	settings, err := sealed.settings()
	require.NoError(t, err)
	value := settings.Operation.EnvironmentVariables["A"]
	plain, err := keys.of("one").reveal(value)
	require.NoError(t, err)
	require.Equal(t, "hidden", plain)
	_, err = keys.of("two").reveal(value)
	require.Error(t, err)
}
