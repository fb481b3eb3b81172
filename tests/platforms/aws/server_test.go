package aws

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

func TestEditsAndWritesThroughTheProxy(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := Start("us-west-2")
	t.Cleanup(func() { _ = s.Close() })
	h := harness.New(t, harness.Options{Environment: s.Environment()})
	require.NoError(t, s.Connect(h.AWS("us-west-2")))

	want := map[string]string{"awsSecretsManager/us-west-2/a/b": "one", "awsParameterStore/us-west-2//a/b": "two"}
	for identity, value := range want {
		require.NoError(t, s.Put(ctx, identity, "first"))
		require.NoError(t, s.Put(ctx, identity, value))
	}
	found, err := s.Secrets(ctx)
	require.NoError(t, err)
	assert.Equal(t, want, found)
	assert.Zero(t, s.Writes(), "the test's own edits count")

	through := Start("us-west-2")
	t.Cleanup(func() { _ = through.Close() })
	config := h.AWS("")
	config.BaseEndpoint = &s.front.URL
	require.NoError(t, through.Connect(config))
	name := "a/b"
	_, err = through.secrets.DescribeSecret(ctx, &secretsmanager.DescribeSecretInput{SecretId: &name})
	require.NoError(t, err)
	assert.Zero(t, s.Writes(), "reading counts")
	_, err = through.secrets.DeleteSecret(ctx, &secretsmanager.DeleteSecretInput{SecretId: &name})
	require.NoError(t, err)
	assert.Equal(t, 1, s.Writes())

	require.NoError(t, s.Restore(ctx, "awsSecretsManager/us-west-2/a/b"))
	require.NoError(t, s.Restrict(ctx, true))
	_, err = through.secrets.DeleteSecret(ctx, &secretsmanager.DeleteSecretInput{SecretId: &name})
	require.ErrorContains(t, err, "AccessDeniedException: User: ")
	require.ErrorContains(t, err, "is not authorized to perform: secretsmanager:DeleteSecret")
	found, err = s.Secrets(ctx)
	require.NoError(t, err)
	assert.Equal(t, want, found, "restored, and not deleted again")
	require.NoError(t, s.Restrict(ctx, false))
	require.NoError(t, s.Permit(`{"Statement": [{"Action": ["secretsmanager:GetSecretValue", "tag:GetResources"]}]}`))
	_, err = through.secrets.DeleteSecret(ctx, &secretsmanager.DeleteSecretInput{SecretId: &name})
	require.ErrorContains(t, err, "is not authorized to perform: secretsmanager:DeleteSecret")
	_, err = through.secrets.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &name})
	require.NoError(t, err)
	require.NoError(t, s.Permit(`{"Statement": [{"Action": "secretsmanager:DeleteSecret"}]}`))
	_, err = through.secrets.DeleteSecret(ctx, &secretsmanager.DeleteSecretInput{SecretId: &name})
	require.NoError(t, err)

	require.NoError(t, s.Delete(ctx, "awsParameterStore/us-west-2//a/b"))
	found, err = s.Secrets(ctx)
	require.NoError(t, err)
	assert.Empty(t, found, "a secret that is scheduled for deletion has no value")
	assert.ErrorContains(t, s.Put(ctx, "awsSecretsManager/eu-west-1/a", "x"), "neither")
}
