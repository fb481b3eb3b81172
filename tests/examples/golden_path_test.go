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

// A developer's answers to the templates, and the region to push to.
const (
	developersStack  = "shop-secrets/dev"
	developersSource = "shop/database"
	platformRegion   = "eu-central-1"
)

// A developer creates a project from a platform team's template, with a component in TypeScript that enforces rules.
// tests/docs tests the YAML template, with the commands of docs/golden-path.md.
func TestGoldenPathWithAComponent(t *testing.T) {
	t.Parallel()
	h, dir := newProject(t, "golden-path-typescript")
	// The SDK is not published yet, so its dependencies are linked instead of installed.
	tools, err := harness.FindTools()
	require.NoError(t, err)
	linkModules(t, tools, dir)

	result, err := h.Preview(t.Context(), dir, developersStack, answers("service=Check out")...)
	require.Error(t, err)
	assert.Contains(t, result.Stdout+result.Stderr, "service: must be lower-case letters, digits and hyphens")

	result = up(t, h, dir, "service=checkout")
	var kinds []string
	for _, step := range result.Steps {
		if strings.HasSuffix(step.URN, "acme:platform:ServiceSecret$escsync:index:EscSync::database") {
			kinds = append(kinds, step.Type)
		}
	}
	assert.Equal(t, []string{"escsync:index:EscSync"}, kinds, "the sync is the component's child")

	const name = "dev/checkout/database"
	checkSecret(t, h, name, map[string]string{"provisioned-by": "golden-path", "service": "checkout"})
	output, err := h.Pulumi(t.Context(), dir, "stack", "output", "secretName",
		"--stack", harness.Organization+"/"+developersStack)
	require.NoError(t, err)
	assert.Equal(t, name+"\n", output.Stdout)
	_, err = h.Destroy(t.Context(), dir, developersStack)
	require.NoError(t, err)
}

// newProject starts a cloud with the environments that a template imports, and creates a project with `pulumi new`. It
// does not install anything or create a stack.
func newProject(t *testing.T, template string) (*harness.Harness, string) {
	t.Helper()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	h := harness.New(t, harness.Options{Environment: environment(t, tools)})
	require.NoError(t, h.CreateEnvironment(t.Context(), developersSource,
		"values: {secrets: {user: bob, password: {fn::secret: pa55word}}}"))
	require.NoError(t, h.TagEnvironment(t.Context(), developersSource, "stable"))
	require.NoError(t, h.CreateEnvironment(t.Context(), "logins/aws-secrets",
		"values: {environmentVariables: {LOGIN: team}}"))
	dir := t.TempDir()
	_, err = h.Pulumi(t.Context(), dir, "new", filepath.Join(tools.Repository, "examples", template), "--generate-only",
		"--yes", "--name", "shop-secrets", "--description", "The secrets of the shop")
	require.NoError(t, err)
	return h, dir
}

// answers returns the CLI's flags for a template's configuration.
func answers(answer string) []string {
	return []string{"--config", "environment=" + developersSource + "@stable", "--config", answer}
}

func up(t *testing.T, h *harness.Harness, dir, answer string) *harness.Result {
	t.Helper()
	result, err := h.Up(t.Context(), dir, developersStack, answers(answer)...)
	require.NoError(t, err)
	return result
}

// checkSecret requires that a secret has the source's values, and at least the given tags.
func checkSecret(t *testing.T, h *harness.Harness, name string, tags map[string]string) {
	t.Helper()
	value, err := h.Secret(t.Context(), platformRegion, name)
	require.NoError(t, err)
	assert.JSONEq(t, `{"user": "bob", "password": "pa55word"}`, value)
	found, err := h.SecretsManager(platformRegion).DescribeSecret(t.Context(),
		&secretsmanager.DescribeSecretInput{SecretId: &name})
	require.NoError(t, err)
	held := map[string]string{}
	for _, tag := range found.Tags {
		held[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	for key, value := range tags {
		assert.Equal(t, value, held[key], "the tag %s", key)
	}
}
