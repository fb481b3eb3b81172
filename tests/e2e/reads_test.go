package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A run with nothing to do reads each secret once, to refresh it. Two lists return all owners. Only a secret that is
// missing in them needs its own lookup.
func TestReadsOfARunWithNothingToDo(t *testing.T) {
	t.Parallel()
	const keys = 12
	ctx := t.Context()
	h := harness.New(t, harness.Options{RealExecutor: true, TraceCalls: true})
	var value strings.Builder
	for i := range keys {
		fmt.Fprintf(&value, "  k%d: v\n", i)
	}
	up(t, h, write(t, h, oneSync("onChange: false\nvalue:\n"+value.String()+
		"destination:\n  awsSecretsManager: {path: prod, region: us-west-2}\n")))
	calls := func() map[string]int {
		all, err := h.Calls("ResourceProvider")
		require.NoError(t, err)
		counts := map[string]int{}
		for _, call := range all {
			switch {
			case call.Plugin != "aws":
			case call.Method != "Invoke":
				counts[call.Method]++
			case strings.Contains(call.Request, "secretsmanager/getSecret:"):
				counts["ask"]++
			case strings.Contains(call.Request, "getSecrets:"), strings.Contains(call.Request, "getResources:"):
				counts["list"]++
			}
		}
		return counts
	}
	first := calls()
	assert.Equal(t, keys, first["ask"], "nothing was there")
	assert.Equal(t, 1, first["list"])

	_, err := h.Deploy(ctx, "update", awsTarget)
	require.NoError(t, err)
	second := calls()
	assert.Equal(t, first["ask"], second["ask"])
	assert.Equal(t, first["list"]+2, second["list"])
	assert.Equal(t, 2*keys, second["Read"]-first["Read"], "a secret and its version for each key")
	for _, write := range []string{"Create", "Update", "Delete"} {
		assert.Equal(t, first[write], second[write], write)
	}
}
