package e2e

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A name that somebody else has taken stops a run before it writes anything, also where AWS would refuse that name only
// when its turn comes. With adoptionPolicy All it is taken over as it is.
func TestATakenParameterStopsTheRunBeforeItsFirstWrite(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	client := ssm.NewFromConfig(h.AWS(region))
	_, err := client.PutParameter(t.Context(), &ssm.PutParameterInput{
		Name: aws.String("/shop/b"), Value: aws.String("theirs"), Type: types.ParameterTypeSecureString,
	})
	require.NoError(t, err)
	holds := func(names ...string) map[string]string {
		found, err := client.GetParameters(t.Context(), &ssm.GetParametersInput{
			Names: names, WithDecryption: aws.Bool(true),
		})
		require.NoError(t, err)
		values := map[string]string{}
		for _, parameter := range found.Parameters {
			values[*parameter.Name] = *parameter.Value
		}
		return values
	}
	program := unwatched + "value: {a: 1, b: 2}\n" +
		"destination: {awsParameterStore: {path: /shop, region: " + region + "}}\n"

	result, err := h.Up(t.Context(), write(t, h, oneSync(program)), stack)
	require.Error(t, err)
	assert.Contains(t, result.Stdout+result.Stderr, "//shop/b exists on the platform and does not belong to this sync")
	assert.Equal(t, map[string]string{"/shop/b": "theirs"}, holds("/shop/a", "/shop/b"))

	up(t, h, write(t, h, oneSync(program+"adoptionPolicy: All\n")))
	assert.Equal(t, map[string]string{"/shop/a": "1", "/shop/b": "2"}, holds("/shop/a", "/shop/b"))
}
