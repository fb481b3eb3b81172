package examples

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A developer makes a project from the platform team's template, and gets a sync by the team's own component.
func TestGoldenPathWithAComponent(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	h := harness.New(t, harness.Options{Environment: environment(t, tools)})
	const source = "shop/database"
	require.NoError(t, h.CreateEnvironment(ctx, source,
		"values: {secrets: {user: bob, password: {fn::secret: pa55word}}}"))
	require.NoError(t, h.TagEnvironment(ctx, source, "stable"))
	require.NoError(t, h.CreateEnvironment(ctx, "logins/aws-secrets", "values: {environmentVariables: {LOGIN: team}}"))

	// The SDK is not published yet, so that its dependencies are not installed but linked.
	dir := t.TempDir()
	template := filepath.Join(tools.Repository, "examples", "golden-path-typescript")
	_, err = h.Pulumi(ctx, dir, "new", template, "--generate-only", "--yes",
		"--name", "shop-secrets", "--description", "The secrets of the shop")
	require.NoError(t, err)
	linkModules(t, tools, dir)

	const stack = "shop-secrets/dev"
	config := []string{"--config", "environment=" + source + "@stable", "--config"}
	result, err := h.Preview(ctx, dir, stack, append(config, "service=Check out")...)
	require.Error(t, err)
	assert.Contains(t, result.Stdout+result.Stderr, "service: must be lower-case letters, digits and hyphens")

	result, err = h.Up(ctx, dir, stack, append(config, "service=checkout")...)
	require.NoError(t, err)
	var kinds []string
	for _, step := range result.Steps {
		if strings.HasSuffix(step.URN, "acme:platform:ServiceSecret$escsync:index:EscSync::database") {
			kinds = append(kinds, step.Type)
		}
	}
	assert.Equal(t, []string{"escsync:index:EscSync"}, kinds, "the sync is the component's child")

	name := "dev/checkout/database"
	value, err := h.Secret(ctx, "eu-central-1", name)
	require.NoError(t, err)
	assert.JSONEq(t, `{"user": "bob", "password": "pa55word"}`, value)
	found, err := h.SecretsManager("eu-central-1").DescribeSecret(ctx,
		&secretsmanager.DescribeSecretInput{SecretId: &name})
	require.NoError(t, err)
	tags := map[string]string{}
	for _, tag := range found.Tags {
		tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	assert.Equal(t, "checkout", tags["service"])
	assert.Equal(t, "golden-path", tags["provisioned-by"])
	outputs, err := h.Pulumi(ctx, dir, "stack", "output", "secretName", "--stack", harness.Organization+"/"+stack)
	require.NoError(t, err)
	assert.Equal(t, name+"\n", outputs.Stdout)

	_, err = h.Destroy(ctx, dir, stack)
	require.NoError(t, err)
}
