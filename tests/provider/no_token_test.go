package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/stretchr/testify/require"
)

// Without a token nobody can be asked for a role, which is no fault of the property. A preview needs none for a role
// that nobody asks for by name.
func TestWithoutAToken(t *testing.T) {
	t.Setenv("PULUMI_ACCESS_TOKEN", "")
	t.Setenv("PULUMI_HOME", t.TempDir())
	for name, test := range map[string]struct {
		role           string
		preview, fails bool
	}{
		"an update":                         {fails: true},
		"an update with a role":             {role: "syncs", fails: true},
		"a preview":                         {preview: true},
		"a preview with a role to be found": {role: "syncs", preview: true, fails: true},
	} {
		changes := props{}
		if test.role != "" {
			changes["deployment"] = obj(props{"role": str(test.role)})
		}
		req := escSync(patternInputs(changes))
		req.DryRun = test.preview
		got := constructAt(t, bareCloud(), "", req)
		if !test.fails {
			require.NoError(t, got.err, name)
			continue
		}
		require.ErrorContains(t, got.err, "no access token for "+bareCloud(), name)
		_, ofProperties := rpcerror.FromError(got.err)
		require.False(t, ofProperties, name)
	}
}
