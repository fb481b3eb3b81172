package e2e

import (
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A refusal by the provider's own check stops a run before its first write, and `pulumi up` reports it with the
// property that the user wrote. A preview shows the secrets by name, as for every destination.
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
		"~ /shop/password: [secret] => [secret]")

	result, err = h.Up(t.Context(), program("hunter2", "name: '{name}', value: '{value}', type: String"), stack, goOn)
	require.Error(t, err)
	assert.Regexp(t, `, type of fingerprint \w+, which the platform cannot change to type \S+, type of fingerprint`,
		plain(result))
}

// A property that accepts base64 gets bytes and texts in one form.
func TestBytesThroughAResource(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := func(value string) string {
		return write(t, h, oneSync(unwatched+"value: {a.jks: /u3+7Q==, text: hunter2}\n"+
			"destination: {resource: {type: 'aws:ssm/parameter:Parameter', properties: {name: '{name}', type: String, "+
			"value: '"+value+"'}, keys: {template: '/shop/{key}', binary: ['*.jks']}}}\n"+
			"deployment: {environmentVariables: {AWS_REGION: us-west-2}}\n"))
	}
	_, err := h.Preview(t.Context(), program("{value}"), stack)
	require.ErrorContains(t, err, "write {value:base64} for every value in properties")
	up(t, h, program("{value:base64}"))
	found, err := ssm.NewFromConfig(h.AWS("us-west-2")).GetParametersByPath(t.Context(),
		&ssm.GetParametersByPathInput{Path: aws.String("/shop")})
	require.NoError(t, err)
	values := map[string]string{}
	for _, parameter := range found.Parameters {
		values[*parameter.Name] = *parameter.Value
	}
	assert.Equal(t, map[string]string{"/shop/a.jks": "/u3+7Q==", "/shop/text": "aHVudGVyMg=="}, values)
}
