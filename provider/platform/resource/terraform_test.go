package resource

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The parameter is the one that `pulumi package add terraform-provider` writes into an SDK.
func TestParameterization(t *testing.T) {
	t.Parallel()
	d := resource{token: "tfe:index/variable:Variable", terraform: terraform{source: "hashicorp/tfe", version: "0.70.0"}}
	of, err := d.parameterization()
	require.NoError(t, err)
	assert.Equal(t, "tfe 0.70.0", of.Name+" "+of.Version.String())
	assert.JSONEq(t, `{"remote":{"url":"hashicorp/tfe","version":"0.70.0"}}`, string(of.Value))
}
