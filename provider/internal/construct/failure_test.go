package construct

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func TestFailure(t *testing.T) {
	t.Parallel()
	canceled := status.Error(codes.Canceled, "context canceled")
	assert.Equal(t, errChildFailed, Failure(fmt.Errorf("awaiting input property %q: %w", "lastSync", canceled)))
	said := errors.New(`awaiting input property "webhookName": rpc error: code = Unknown desc = invocation of ` +
		"escsync:index:getDeploymentRole returned an error: acme has no role")
	require.EqualError(t, Failure(said), "acme has no role")
	other := errors.New("adopting prod/db")
	assert.Equal(t, other, Failure(other))
	assert.NoError(t, Failure(nil))
}
