package e2e

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// What the provider's own check refuses stops a run before its first write, and `pulumi up` tells it by the property
// that its user has written. A preview shows the secrets by name, as for every destination.
func TestAResourceOfAnotherProvider(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := func(password, properties string) string {
		return write(t, h, oneSync(unwatched+"value: {user: bob, password: {fn::secret: "+password+"}}\n"+
			"destination: {resource: {type: 'aws:ssm/parameter:Parameter', properties: {"+properties+"}, "+
			"place: '{env.AWS_REGION}', replaceOnChanges: [type], keys: {template: '/shop/{key}'}}}\n"+
			"deployment: {environmentVariables: {AWS_REGION: us-west-2}}\n"))
	}
	plain := func(result *harness.Result) string {
		text := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(result.Stdout+result.Stderr, "")
		assert.NotContains(t, text, "hunter")
		return strings.Join(strings.Fields(text), " ")
	}
	result, err := h.Preview(t.Context(), program("hunter2", "name: '{nam}', value: '{value}'"), stack)
	require.Error(t, err)
	assert.Contains(t, plain(result), "destination.resource.properties.name has a problem: has the unknown placeholder")

	result, err = h.Up(t.Context(), program("hunter2", "name: '{name}', value: '{value}'"), stack, goOn)
	require.Error(t, err)
	assert.Contains(t, plain(result), "destination.resource.properties.type: the provider's own check says: ")
	runs := h.Deployments(awsTarget)
	require.Len(t, runs, 1)
	assert.NotContains(t, runs[0].Log, "aws:ssm:Parameter", "nothing was registered")

	const complete = "name: '{name}', value: '{value}', type: SecureString"
	up(t, h, program("hunter2", complete+", description: {fn::secret: hunter-description}"))
	assert.NotContains(t, string(h.Cloud.StackState(harness.Organization+"/"+awsTarget)), "hunter", "a secret property")
	up(t, h, program("hunter2", complete))
	result, err = h.Preview(t.Context(), program("hunter3", complete), stack, "--diff")
	require.NoError(t, err)
	assert.Contains(t, plain(result),
		"~ aws:ssm/parameter:Parameter/{env.AWS_REGION}//shop/password: [secret] => [secret]")

	result, err = h.Up(t.Context(), program("hunter2", "name: '{name}', value: '{value}', type: String"), stack, goOn)
	require.Error(t, err)
	assert.Regexp(t, `exists with type of fingerprint \w+, which the platform cannot change to type of fingerprint`,
		plain(result))
}
