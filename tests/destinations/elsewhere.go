package destinations

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Elsewhere switches the credentials of a sync with the policy Delete to another account and destroys it without a run
// in between. The destroy must be refused before anything is deleted.
func Elsewhere(t *testing.T, row platforms.Row) {
	t.Helper()
	s := start(t, row, nil)
	s.policy = deletes
	s.expected = map[string]string{"a": "one's a"}
	s.both(s.expected, nil)
	s.contains("after the first run")

	runs, writes := len(s.h.Deployments(oneTarget)), s.platform.Writes()
	folder := s.programOf(s.resource(one, s.expected, map[string]any{
		"initialSync": map[string]any{"enabled": false},
		"deployment":  map[string]any{"environmentVariables": s.elsewhere()},
	}))
	_, err := s.h.Up(t.Context(), folder, stack)
	require.NoError(t, err)
	require.Len(t, s.h.Deployments(oneTarget), runs, "no run has met the other place")
	_, err = s.h.Destroy(t.Context(), folder, stack)
	require.ErrorContains(t, err, "lead to")
	require.Equal(t, writes, s.platform.Writes(), "a refused destroy wrote")
	s.contains("after a destroy that leads elsewhere")
}

// elsewhere returns the environment variables that lead to another account.
func (s *sync) elsewhere() map[string]string {
	s.t.Helper()
	if s.row.Elsewhere != nil {
		variables, err := s.row.Elsewhere(s.platform.Environment())
		require.NoError(s.t, err)
		return variables
	}
	other, err := harness.InAccount(s.t.Context(), s.h.AWS("us-west-2"), "111111111111")
	require.NoError(s.t, err)
	key, err := other.Credentials.Retrieve(s.t.Context())
	require.NoError(s.t, err)
	return map[string]string{
		"AWS_ACCESS_KEY_ID": key.AccessKeyID, "AWS_SECRET_ACCESS_KEY": key.SecretAccessKey,
		"AWS_SESSION_TOKEN": key.SessionToken,
	}
}
