package destinations

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/vault"
)

// A configured token is in the state of the target stack, and a refresh without the program would use it. If the token
// was replaced and revoked since the last run, every run and the destroy must still succeed. Vault stands for all
// platforms with a token in their configuration, because the engine refreshes them all alike.
func TestTheNextRunUsesAReplacedToken(t *testing.T) {
	t.Parallel()
	s := start(t, RowOf(t, "vault KV v2"), nil)
	s.policy, s.unwatched = deletes, true
	server, ok := s.platform.(*vault.Server)
	require.True(t, ok)
	policy, err := platforms.Policy("vault.hcl")
	require.NoError(t, err)
	token := ""
	replace := func(values map[string]string) {
		t.Helper()
		old := token
		token, err = server.LimitedToken(t.Context(), "replaced", policy)
		require.NoError(t, err)
		login := `{"values":{"pulumiConfig":{"vault:token":{"fn::secret":"` + token + `"}},`
		text := strings.Replace(definition(t, values), `{"values":{`, login, 1)
		require.NoError(t, s.h.UpdateEnvironment(t.Context(), environment, text))
		if old != "" {
			require.NoError(t, server.Revoke(t.Context(), old))
		}
		s.expected = values
	}
	replace(map[string]string{"user": "bob", "other": "x"})
	s.up()
	s.contains("after the first run")

	replace(s.expected)
	s.idle("after the token was replaced")
	replace(s.expected)
	require.False(t, s.drifted("detect-drift"), "nobody has changed anything")
	require.NoError(t, s.platform.Put(t.Context(), s.row.Identity("user"), s.stored("changed by hand")))
	replace(s.expected)
	require.True(t, s.drifted("detect-drift"))
	require.True(t, s.drifted("remediate-drift"))
	s.contains("after the drift was repaired")
	replace(map[string]string{"user": "eve", "other": "x"})
	s.succeeded(s.schedule())
	s.contains("after a change in ESC")
	replace(map[string]string{"other": "x"})
	s.succeeded(s.schedule())
	s.contains("after a key was removed")

	replace(s.expected)
	s.destroy()
	s.expected = nil
	s.contains("after the destroy")
}

// drifted runs an operation and reports whether it found or repaired a difference.
func (s *sync) drifted(operation string) bool {
	s.t.Helper()
	runs, err := s.h.Deploy(s.t.Context(), operation, target)
	require.NoError(s.t, err)
	run := runs[len(runs)-1]
	require.Equal(s.t, operation, run.Operation)
	s.succeeded(run)
	for _, update := range run.Updates {
		for change, count := range update.ResourceChanges {
			if change != "same" && change != "refresh" && count > 0 {
				return true
			}
		}
	}
	return false
}
