package destinations

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The general destination may lead to the very secrets that a built-in one has pushed. Their resources have other
// names, so the engine would write each secret and then delete it as the one that is no longer pushed.
func TestTheSameSecretsThroughAResource(t *testing.T) {
	t.Parallel()
	s := start(t, RowOf(t, "githubSecrets"), map[string]string{"user": "bob", "other": "x"})
	s.policy, s.adoptionPolicy, s.unwatched = deletes, "All", true // a second run would write them again
	s.expected = map[string]string{"user": "bob", "other": "x"}
	s.up()
	s.contains("after the first run")

	builtIn := s.row.Destination
	s.row.Destination = "{resource: {type: 'github:index/actionsSecret:ActionsSecret', version: 6.14.0, properties: " +
		"{repository: app, secretName: '{name}', plaintextValue: '{value}'}, keys: {template: '{key:upper}'}}}"
	runs, writes := len(s.h.Deployments(target)), s.platform.Writes()
	_, err := s.h.Up(t.Context(), s.program(), stack)
	s.contains("after a run with another destination")
	require.ErrorContains(t, err, "may write the same secrets")
	require.Greater(t, len(s.h.Deployments(target)), runs)
	require.Equal(t, writes, s.platform.Writes())

	through := s.row.Destination
	s.policy, s.row.Destination = retains, builtIn
	s.up()
	s.row.Destination = through
	s.up()
	s.policy = deletes
	s.up()
	s.contains("with Retain in between")
}
