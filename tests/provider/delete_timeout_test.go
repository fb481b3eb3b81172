package provider_test

import (
	"testing"

	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run"
)

// The engine passes customTimeouts to the component, and children do not inherit them.
func TestEscSyncGivesItsDeleteTimeoutToTheTeardown(t *testing.T) {
	t.Parallel()
	req := escSync(patternInputs(nil))
	r := construct(t, req)
	require.NoError(t, r.err)
	assert.True(t, r.child(t, run.CaretakerToken).Inputs.Get("timeout").IsNull(), "its own default")

	req.CustomTimeouts = &presource.CustomTimeouts{Delete: 5400}
	r = construct(t, req)
	require.NoError(t, r.err)
	assert.Equal(t, "1h30m0s", r.child(t, run.CaretakerToken).Inputs.Get("timeout").AsString())
}
