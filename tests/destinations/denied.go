package destinations

import (
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// refusedCredentials is the message of `pulumi up` and `pulumi destroy` if the platform refuses a run's writes.
const refusedCredentials = "the platform refused the run's credentials: grant them the permissions"

// deniedStart creates the sync with read-only credentials. The platform must stay unchanged, and the error must give a
// hint.
func (s *sync) deniedStart() {
	s.t.Helper()
	s.restrict(true)
	s.refusedStart(refusedCredentials, s.row.Denial)
	s.restrict(false)
}

// deniedDestroy destroys with read-only credentials and the policy Delete. Everything must stay unchanged.
func (s *sync) deniedDestroy() {
	s.t.Helper()
	s.restrict(true)
	_, err := s.h.Destroy(s.t.Context(), s.program(), stack)
	require.ErrorContains(s.t, err, refusedCredentials)
	s.contains("after a destroy that was denied")
	s.restrict(false)
}

func (s *sync) restrict(readOnly bool) {
	s.t.Helper()
	require.NoError(s.t, s.platform.Restrict(s.t.Context(), readOnly))
}

// secretive requires that no output, event, log or state contains a value.
func (s *sync) secretive(value string) {
	s.t.Helper()
	assert.Empty(s.t, harness.Leaks(s.h.Transcript(), value))
}
