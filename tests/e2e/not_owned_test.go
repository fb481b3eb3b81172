package e2e

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// If somebody else owns a name, the run stops before it writes anything, even if AWS would refuse that name only later.
// With adoptionPolicy All it is adopted as it is.
func TestAParameterThatIsNotOwnedStopsTheRun(t *testing.T) {
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

// If AWS cannot create a replica, every run fails with AWS's own reason, after the value is written. No run writes
// again because of it, and a destroy succeeds.
func TestAFailedReplicaFailsTheRunAfterTheValueIsWritten(t *testing.T) {
	t.Parallel()
	const elsewhere = "eu-west-1"
	h := harness.New(t, harness.Options{})
	_, err := h.SecretsManager(elsewhere).CreateSecret(t.Context(), &secretsmanager.CreateSecretInput{
		Name: aws.String("rep"), SecretString: aws.String("theirs"),
	})
	require.NoError(t, err)
	program := func(value string) string {
		return write(t, h, oneSync(unwatched+"value: "+value+"\ndeletionPolicy: Delete\ndestination: {awsSecretsManager: "+
			"{name: rep, region: "+region+", recoveryWindowInDays: 0, replicas: [{region: "+elsewhere+"}]}}\n"))
	}
	for _, value := range []string{"one", "one", "two"} {
		result, err := h.Up(t.Context(), program(value), stack)
		require.Error(t, err)
		assert.Contains(t, result.Stdout+result.Stderr, "secret rep was written, but AWS did not replicate it to "+
			"eu-west-1: AWS says \"Replication failed: Secret name simple already exists in region eu-west-1.\"")
		assert.Equal(t, value, secretValue(t, h, "rep"))
	}
	versions, err := h.SecretsManager(region).ListSecretVersionIds(t.Context(), &secretsmanager.ListSecretVersionIdsInput{
		SecretId: aws.String("rep"),
	})
	require.NoError(t, err)
	assert.Len(t, versions.Versions, 2)
	for _, run := range h.Deployments(awsTarget)[1:2] {
		for op := range run.Changes() {
			assert.NotContains(t, []string{"update", "replace", "delete"}, op, "the same value")
		}
	}

	_, err = h.Destroy(t.Context(), program("two"), stack)
	require.NoError(t, err)
	_, err = describe(t, h, region, "rep")
	require.ErrorContains(t, err, "ResourceNotFound")
	theirs, err := h.Secret(t.Context(), elsewhere, "rep")
	require.NoError(t, err)
	assert.Equal(t, "theirs", theirs)
}
