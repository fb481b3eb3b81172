package limit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

func TestNoCountIsNoLimit(t *testing.T) {
	t.Parallel()
	require.NoError(t, limit.Count{}.Check(100000))
}
