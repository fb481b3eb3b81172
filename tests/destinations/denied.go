package destinations

import (
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// refusedCredentials is what `pulumi up` and `pulumi destroy` say where the platform refuses a run's writes.
const refusedCredentials = "the platform refused the run's credentials: give them the permissions"

// deniedStart makes the sync with credentials that may only read: nothing is made, and the error says what to do.
func (s *sync) deniedStart() {
	s.t.Helper()
	s.restrict(true)
	_, err := s.h.Up(s.t.Context(), s.program(), stack)
	require.ErrorContains(s.t, err, refusedCredentials)
	s.holds("after a start that was denied")
	s.restrict(false)
}

// deniedEdit changes the environment while the credentials may only read: what is on the platform stays as it is. It
// returns the next run, which may write again.
func (s *sync) deniedEdit(values map[string]string) pulumicloud.Deployment {
	s.t.Helper()
	s.restrict(true)
	s.failed(s.edit(values), s.row.Denial)
	s.holds("after a run that was denied")
	s.restrict(false)
	return s.schedule()
}

// deniedDestroy destroys while the credentials may only read, with the policy Delete: all stays as it is.
func (s *sync) deniedDestroy() {
	s.t.Helper()
	s.restrict(true)
	_, err := s.h.Destroy(s.t.Context(), s.program(), stack)
	require.ErrorContains(s.t, err, refusedCredentials)
	s.holds("after a destroy that was denied")
	s.restrict(false)
}

func (s *sync) restrict(readOnly bool) {
	s.t.Helper()
	require.NoError(s.t, s.platform.Restrict(s.t.Context(), readOnly))
}

// secretive requires that nothing that the CLI printed, no event, log or state of the whole life holds a value.
func (s *sync) secretive(value string) {
	s.t.Helper()
	assert.Empty(s.t, harness.Leaks(s.h.Transcript(), value))
}
