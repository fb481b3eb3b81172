package construct

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func TestFailure(t *testing.T) {
	t.Parallel()
	canceled := status.Error(codes.Canceled, "context canceled")
	assert.Equal(t, errChildFailed, Failure(fmt.Errorf("awaiting input property %q: %w", "lastSync", canceled)))
	other := errors.New("adopting prod/db")
	assert.Equal(t, other, Failure(other))
	assert.NoError(t, Failure(nil))
}
