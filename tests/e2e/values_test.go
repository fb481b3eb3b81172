package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// Values arrive unchanged. A damaged value does not arrive at all: the run names its key, and the old value stays.
func TestDamagedValuesAreRefused(t *testing.T) {
	t.Parallel()
	const environment = "shop/values"
	ctx := t.Context()
	h := harness.New(t, harness.Options{})
	require.NoError(t, h.CreateEnvironment(ctx, environment,
		"values: {account: 1138247193857249281, token: {fn::secret: hunter2}, jks: /u3+7QAAAAI=}\n"))
	program := func(more string) string {
		return write(t, h, oneSync(unwatched+`
imports: [`+environment+`]
value: {account: '$${account}', url: 'u:$${token}@h', jks: '$${jks}', rate: 1234567.5, tiny: 0.00001`+more+`}
destination: {awsSecretsManager: {name: values, region: us-west-2}}
`))
	}
	up(t, h, program(""))
	const pushed = `{"account":1138247193857249281,"jks":"/u3+7QAAAAI=","rate":1234567.5,"tiny":0.00001,` +
		`"url":"u:hunter2@h"}`
	assert.Equal(t, pushed, secretValue(t, h, "values")) //nolint:testifylint // the same bytes, not the same JSON

	result, err := h.Preview(ctx, program(", new: 9007199254740993"), stack)
	require.Error(t, err)
	assert.Contains(t, result.Stdout+result.Stderr, "property value.new  has a problem: is a number beyond 2^53")

	require.NoError(t, h.UpdateEnvironment(ctx, environment,
		"values: {account: 012345678901, token: null, jks: {fn::fromBase64: /u3+7QAAAAI=}}\n"))
	result, err = h.Up(ctx, program(", new: x"), stack)
	require.Error(t, err)
	output := strings.Join(strings.Fields(result.Stdout+result.Stderr), " ")
	for _, want := range []string{
		"value.account: is a number that would be rewritten with an exponent: quote it",
		"value.jks: contains bytes that are not UTF-8",
		"value.url: is a text with ${token} in it, which is null",
	} {
		assert.Contains(t, output, want)
	}
	assert.Equal(t, pushed, secretValue(t, h, "values")) //nolint:testifylint // the same bytes, not the same JSON
}
