package docs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// Steps 4 to 6 of docs/migrating.md: a definition in the pattern form adopts the secret that exists, with
// adoptionPolicy: All for the first run only. The secret is never created again.
func TestMigratingAdoptsTheSecret(t *testing.T) {
	t.Parallel()
	const (
		password = "migrated-password"
		name     = "name-in-secrets-manager"
		region   = "us-west-2"
		stack    = "escsync-example-definition/dev"
		target   = "escsync-target/escsync-example-definition-dev-database"
	)
	ctx, old := t.Context(), `{"mySecret":"of the old program"}`
	h := harness.New(t, harness.Options{})
	require.NoError(t, h.CreateEnvironment(ctx, harness.PatternEnvironment, harness.PatternDefinition(password)))
	require.NoError(t, h.TagEnvironment(ctx, harness.PatternEnvironment, harness.PatternTag))
	secretName := name
	before, err := h.SecretsManager(region).CreateSecret(ctx,
		&secretsmanager.CreateSecretInput{Name: &secretName, SecretString: &old})
	require.NoError(t, err)

	dir, err := h.Program("examples/definition")
	require.NoError(t, err)
	file := filepath.Join(dir, "Pulumi.yaml")
	program, err := os.ReadFile(file)
	require.NoError(t, err)

	_, err = h.Up(ctx, dir, stack)
	require.Error(t, err, "a secret of somebody else was taken over unasked")
	value, err := h.Secret(ctx, region, name)
	require.NoError(t, err)
	assert.Equal(t, old, value)

	const properties = "    properties:\n"
	adopting := strings.Replace(string(program), properties, properties+"      adoptionPolicy: All\n", 1)
	for _, text := range []string{adopting, string(program)} {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		_, err = h.Up(ctx, dir, stack)
		require.NoError(t, err)
		value, err = h.Secret(ctx, region, name)
		require.NoError(t, err)
		assert.JSONEq(t, harness.PatternSecret(password), value)
		after, err := h.SecretsManager(region).DescribeSecret(ctx, &secretsmanager.DescribeSecretInput{SecretId: &secretName})
		require.NoError(t, err)
		assert.Equal(t, *before.ARN, *after.ARN, "the secret was made anew")
		runs := h.Deployments(target)
		require.NotEmpty(t, runs)
		assert.Equal(t, "succeeded", runs[len(runs)-1].Status, runs[len(runs)-1].Log)
	}
}
