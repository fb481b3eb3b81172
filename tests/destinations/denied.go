package destinations

import (
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// refusedCredentials is what `pulumi up` and `pulumi destroy` say where the platform refuses a run's writes.
const refusedCredentials = "the platform refused the run's credentials: grant them the permissions"

// deniedStart makes the sync with credentials that may only read: what is on the platform stays as it is, and the error
// says what to do.
func (s *sync) deniedStart() {
	s.t.Helper()
	s.restrict(true)
	s.refusedStart(refusedCredentials, s.row.Denial)
	s.restrict(false)
}

// deniedDestroy destroys while the credentials may only read, with the policy Delete: all stays as it is.
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

// secretive requires that no output of the CLI and no event, log or state contains a value.
func (s *sync) secretive(value string) {
	s.t.Helper()
	assert.Empty(s.t, harness.Leaks(s.h.Transcript(), value))
}
