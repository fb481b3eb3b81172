package destinations

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A token in the configuration is in the state of the target stack, so that the refresh of the next run could take it
// once more, after it was replaced. Vault is one whose configuration has a token; the refresh is the engine's.
func TestAReplacedTokenIsTakenByTheNextRun(t *testing.T) {
	t.Parallel()
	s := start(t, RowOf(t, "vault KV v2"), map[string]string{"user": "bob"})
	s.up()
	s.environmentValues = "{pulumiConfig: {'vault:token': expired}}"
	_, err := s.h.Up(t.Context(), s.program(), stack)
	require.ErrorContains(t, err, refusedCredentials)
	s.environmentValues = ""
	s.up()
	s.expected = map[string]string{"user": "bob"}
	s.contains("after the token was replaced")
	s.succeeded(s.edit(map[string]string{"user": "eve"}))
	s.expected["user"] = "eve"
	s.contains("after a change in ESC")
}
