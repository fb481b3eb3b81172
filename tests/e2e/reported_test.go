package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// `pulumi up` reports why a run was refused, even if the refusal happens before there is a value, or during a lookup.
// It does not show the platform's answer, because a provider's error may contain anything.
func TestPulumiUpReportsWhyARunWasRefused(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	require.NoError(t, h.CreateEnvironment(t.Context(), "shop/values", "values: {empty: '', full: x}"))
	sync := func(value string) string {
		return unwatched + "imports: [shop/values]\nvalue: $${" + value + "}\n" +
			"destination: {awsParameterStore: {name: /shop/" + value + ", region: us-west-2}}\n"
	}
	result, err := h.Up(t.Context(), write(t, h, manySyncs(map[string]string{
		"empty":   sync("empty"),
		"profile": sync("full") + "deployment: {environmentVariables: {AWS_PROFILE: {fn::secret: hunter2}}}\n",
	})), stack, goOn)
	require.Error(t, err)
	output := strings.Join(strings.Fields(result.Stdout+result.Stderr), " ")
	for _, want := range []string{
		"has an empty text as its value: nothing was changed on the platform",
		"Cause: asking AWS which account the credentials belong to (sts:GetCallerIdentity, which needs no " +
			"permission) failed, so nothing was changed. From its log: the run has no valid credentials for " +
			"the platform",
	} {
		assert.Contains(t, output, want)
	}
	assert.NotContains(t, output, "hunter2")
	runs := h.Deployments("escsync-target/shop-dev-profile")
	require.Len(t, runs, 1)
	assert.Contains(t, runs[0].Log, "failed to get shared config profile", "the answer is in the log")
}
