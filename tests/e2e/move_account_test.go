package e2e

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// inAccount returns a configuration for the AWS emulator with the harness's account, and one with another.
func inAccount(t *testing.T, h *harness.Harness, account string) (own, other aws.Config, key aws.Credentials) {
	t.Helper()
	own = h.AWS(region)
	other, err := harness.InAccount(t.Context(), own, account)
	require.NoError(t, err)
	key, err = other.Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	return own, other, key
}

// With credentials for another account, a destroy would delete the secrets of the same names there. It is refused
// before anything is deleted, whatever earlier runs did, and whatever is masked in their logs.
func TestNoDestroyInAnotherAccount(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	ctx := t.Context()
	require.NoError(t, h.CreateEnvironment(ctx, "t/mask",
		"values: {environmentVariables: {A: {fn::secret: config}, B: {fn::secret: lead}}}"))
	own, other, key := inAccount(t, h, "111111111111")
	program := func(environment string) string {
		return write(t, h, oneSync("imports: [t/mask]\nvalue: {user: bob, password: hunter2}\ndeletionPolicy: Delete\n"+
			"initialSync: {enabled: false}\ndeployment: {environmentVariables: {"+environment+"}}\n"+
			"destination: {awsParameterStore: {path: /prod, region: "+region+"}}\n"))
	}
	value := func(account aws.Config) string {
		found, err := ssm.NewFromConfig(account).GetParameter(ctx, &ssm.GetParameterInput{
			Name: aws.String("/prod/user"), WithDecryption: aws.Bool(true),
		})
		if err != nil {
			return ""
		}
		return *found.Parameter.Value
	}
	back, moved := program("C: d"), program(fmt.Sprintf(
		"AWS_ACCESS_KEY_ID: '%s', AWS_SECRET_ACCESS_KEY: '%s', AWS_SESSION_TOKEN: '%s'",
		key.AccessKeyID, key.SecretAccessKey, key.SessionToken))
	up(t, h, back)
	_, err := h.Deploy(ctx, "update", awsTarget)
	require.NoError(t, err)
	_, err = ssm.NewFromConfig(other).PutParameter(ctx, &ssm.PutParameterInput{
		Name: aws.String("/prod/user"), Value: aws.String("theirs"), Type: types.ParameterTypeSecureString,
	})
	require.NoError(t, err)
	both := func(ours, theirs, when string) {
		t.Helper()
		assert.Equal(t, []string{ours, theirs}, []string{value(own), value(other)}, when)
	}

	up(t, h, moved)
	_, err = h.Destroy(ctx, moved, stack)
	require.Error(t, err)
	both("bob", "theirs", "a destroy that no run has come before")

	up(t, h, back)
	_, err = h.Destroy(ctx, back, stack)
	require.NoError(t, err)
	both("", "theirs", "a destroy in the account of the secrets")
}
