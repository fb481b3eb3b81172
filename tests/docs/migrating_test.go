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

const (
	oldOuter = "outer/dev"
	oldInner = "esc-sync/dev"
)

// Steps 2 to 7 of docs/migrating.md. The published pattern has made a secret with a suffix. Its inner stack stops
// managing it, a definition in the pattern's form adopts it, with adoptionPolicy: All for the first run only, and the
// old programs go. The secret is never created again.
func TestMigratingAdoptsTheSecret(t *testing.T) {
	t.Parallel()
	const (
		password = "migrated-password"
		plain    = "name-in-secrets-manager"
		region   = "us-west-2"
		stack    = "escsync-example-definition/dev"
		target   = "escsync-target/escsync-example-definition-dev-database"
	)
	ctx := t.Context()
	h := harness.New(t, harness.Options{})
	require.NoError(t, h.CreateEnvironment(ctx, harness.PatternEnvironment, harness.PatternDefinition(password)))
	require.NoError(t, h.TagEnvironment(ctx, harness.PatternEnvironment, harness.PatternTag))
	before := oldPrograms(t, h)

	result := typed(t, h, "pulumi stack output secretName --stack acme/esc-sync/dev")
	name := strings.TrimSpace(result.Stdout)
	require.NotEqual(t, plain, name)
	old, err := h.Secret(ctx, region, name)
	require.NoError(t, err)
	arn := secretARN(t, h, region, name)
	typed(t, h, "pulumi state delete --all --stack acme/esc-sync/dev")

	dir, err := h.Program("examples/definition")
	require.NoError(t, err)
	file := filepath.Join(dir, "Pulumi.yaml")
	program, err := os.ReadFile(file)
	require.NoError(t, err)
	definition := filepath.Join(dir, "environment.yaml")
	text, err := os.ReadFile(definition)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(definition, []byte(strings.Replace(string(text), plain, name, 1)), 0o600))

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
		assert.Equal(t, harness.PatternSecret(password), value)
		assert.Equal(t, arn, secretARN(t, h, region, name), "the secret was made anew")
		runs := h.Deployments(target)
		require.NotEmpty(t, runs)
		assert.Equal(t, "succeeded", runs[len(runs)-1].Status, runs[len(runs)-1].Log)
	}

	_, err = h.Destroy(ctx, before, oldOuter)
	require.NoError(t, err)
	names, err := h.SecretNames(ctx, region)
	require.NoError(t, err)
	assert.Equal(t, []string{name}, names)
}

// oldPrograms deploys the two programs of the published pattern, in YAML, without its schedule and with pre-run
// commands that work. It returns the folder of the outer one.
func oldPrograms(t *testing.T, h *harness.Harness) string {
	t.Helper()
	ctx, inner := t.Context(), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(inner, "Pulumi.yaml"), []byte(`name: esc-sync
runtime: yaml
resources:
  name-in-secrets-manager:
    type: aws:secretsmanager:Secret
    properties: {recoveryWindowInDays: 0}
  version:
    type: aws:secretsmanager:SecretVersion
    properties: {secretId: "${name-in-secrets-manager.id}", secretString: {fn::secret: {fn::readFile: ./sync.json}}}
outputs: {secretName: "${name-in-secrets-manager.name}"}
`), 0o600))
	repository := harness.CommitFolder(t, inner, "sync/target")
	before, err := h.WriteProgram(`name: outer
runtime: yaml
resources:
  env:
    type: pulumiservice:Environment
    properties: {organization: acme, project: esc-sync, name: dev, yaml: {fn::fileAsset: ./environment.yaml}}
  esc-sync-aws-secretsmanager:
    type: pulumiservice:Stack
    properties: {organizationName: acme, projectName: esc-sync, stackName: dev}
  deployment_settings:
    type: pulumiservice:DeploymentSettings
    properties:
      organization: acme
      project: ${esc-sync-aws-secretsmanager.projectName}
      stack: ${esc-sync-aws-secretsmanager.stackName}
      sourceContext: {git: {repoUrl: "file://` + repository + `", branch: main, repoDir: sync/target}}
      operationContext:
        environmentVariables: {AWS_REGION: us-west-2}
        preRunCommands: ["pulumi env open acme/esc-sync/dev sync.awsSecretsManager.value > sync.json"]
`)
	require.NoError(t, err)
	definition, err := os.ReadFile(filepath.Join("..", "..", "examples", "definition", "environment.yaml"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(before, "environment.yaml"), definition, 0o600))
	_, err = h.Up(ctx, before, oldOuter)
	require.NoError(t, err)
	runs, err := h.Deploy(ctx, "update", oldInner)
	require.NoError(t, err)
	require.Equal(t, "succeeded", runs[len(runs)-1].Status, runs[len(runs)-1].Log)
	return before
}

// typed runs a command of docs/migrating.md.
func typed(t *testing.T, h *harness.Harness, command string) *harness.Result {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "migrating.md"))
	require.NoError(t, err)
	require.Contains(t, string(page), command)
	arguments := append(strings.Fields(command)[1:], "--non-interactive")
	if arguments[0] == "state" {
		arguments = append(arguments, "--yes") // avoids the question at a terminal
	}
	result, err := h.Pulumi(t.Context(), t.TempDir(), arguments...)
	require.NoError(t, err)
	return result
}

func secretARN(t *testing.T, h *harness.Harness, region, name string) string {
	t.Helper()
	secret, err := h.SecretsManager(region).DescribeSecret(t.Context(),
		&secretsmanager.DescribeSecretInput{SecretId: &name})
	require.NoError(t, err)
	return *secret.ARN
}
