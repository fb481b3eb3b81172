package docs

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// The commands of docs/golden-path.md, with the template's folder instead of its repository, and a login that signs in
// nowhere, because the local cloud has no fn::open.
func TestGoldenPathAsItIsTyped(t *testing.T) {
	t.Parallel()
	const (
		page     = "docs/golden-path.md"
		template = "https://github.com/acme/templates/tree/main/secret"
	)
	h := harness.New(t, harness.Options{})
	require.NoError(t, h.CreateEnvironment(t.Context(), "logins/aws-secrets",
		"values: {environmentVariables: {LOGIN: team}}"))
	dir := t.TempDir()
	shell(t, h, dir, commands(t, page, "pulumi env init acme/shop/database"))
	local, err := filepath.Abs(filepath.Join(repository, "examples", "golden-path"))
	require.NoError(t, err)
	begin := "pulumi new "
	shell(t, h, dir, strings.Replace(commands(t, page, begin), begin+template, begin+local, 1))
	value, err := h.Secret(t.Context(), "eu-central-1", "prod/shop/database")
	require.NoError(t, err)
	assert.JSONEq(t, `{"user": "bob", "password": "change me"}`, value)
	name, made := "prod/shop/database", types.Tag{Key: aws.String("provisioned-by"), Value: aws.String("golden-path")}
	found, err := h.SecretsManager("eu-central-1").DescribeSecret(t.Context(),
		&secretsmanager.DescribeSecretInput{SecretId: &name})
	require.NoError(t, err)
	assert.Contains(t, found.Tags, made)
	_, err = h.Destroy(t.Context(), dir, "shop-secrets/dev")
	require.NoError(t, err)
}
