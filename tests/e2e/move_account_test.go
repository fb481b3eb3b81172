package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// inAccount is a configuration for the AWS emulator with the harness's account, and one with another.
func inAccount(t *testing.T, h *harness.Harness, account string) (own, other aws.Config, key aws.Credentials) {
	t.Helper()
	own = h.AWS(region)
	other, err := harness.InAccount(t.Context(), own, account)
	require.NoError(t, err)
	key, err = other.Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	return own, other, key
}

// Credentials that lead to another account make a destroy delete there what has the same names. Runs that fail for
// another reason in the meantime change nothing about that.
func TestNoDestroyInAnotherAccount(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	ctx := t.Context()
	own, other, key := inAccount(t, h, "111111111111")
	broken := filepath.Join(t.TempDir(), "broken")
	program := func(environment string) string {
		return write(t, h, oneSync("value: {user: bob, password: hunter2}\ndeletionPolicy: Delete\n"+
			"deployment: {environmentVariables: {"+environment+"}, preRunCommands: ['test ! -e "+broken+"']}\n"+
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
	back, moved := program("A: b"), program(fmt.Sprintf(
		"AWS_ACCESS_KEY_ID: '%s', AWS_SECRET_ACCESS_KEY: '%s', AWS_SESSION_TOKEN: '%s'",
		key.AccessKeyID, key.SecretAccessKey, key.SessionToken))
	up(t, h, back)
	_, err := ssm.NewFromConfig(other).PutParameter(ctx, &ssm.PutParameterInput{
		Name: aws.String("/prod/user"), Value: aws.String("theirs"), Type: types.ParameterTypeSecureString,
	})
	require.NoError(t, err)
	both := func(ours, theirs, when string) {
		t.Helper()
		assert.Equal(t, []string{ours, theirs}, []string{value(own), value(other)}, when)
	}
	refused := func(when string) {
		t.Helper()
		result, err := h.Destroy(ctx, moved, stack)
		require.Error(t, err, when)
		assert.Contains(t, result.Stdout+result.Stderr, "lead to another place than what it has pushed to", when)
		both("bob", "theirs", when)
	}

	_, err = h.Up(ctx, moved, stack)
	require.Error(t, err)
	require.Contains(t, lastRun(t, h, awsTarget).Log, "lead to AWS account 111111111111")
	refused("a destroy at once")

	require.NoError(t, os.WriteFile(broken, nil, 0o600))
	_, err = h.Up(ctx, moved, stack)
	require.Error(t, err)
	require.NotContains(t, lastRun(t, h, awsTarget).Log, "lead to AWS account", "the run failed for another reason")
	require.NoError(t, os.Remove(broken))
	refused("a destroy after a run that failed for another reason")

	up(t, h, back)
	_, err = h.Destroy(ctx, back, stack)
	require.NoError(t, err)
	both("", "theirs", "a destroy after a run that succeeded")
}
