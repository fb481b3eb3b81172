package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

const (
	migratingStack  = project + "/dev"
	patternProject  = "esc-sync"
	patternTarget   = patternProject + "/dev"
	patternSchedule = "30 4 * * *"
)

// patternOuter is the published pattern's outer program, with three differences: the language, the location of its
// target, and the pre-run commands, because the published ones do not work.
const patternOuter = `name: ` + project + `
runtime: yaml
resources:
  env:
    type: pulumiservice:Environment
    properties:
      organization: acme
      project: ` + patternProject + `
      name: dev
      yaml: {fn::fileAsset: ./syncEnv.yaml}
  esc-sync-aws-secretsmanager:
    type: pulumiservice:Stack
    properties: {organizationName: acme, projectName: ` + patternProject + `, stackName: dev}
  deployment_settings:
    type: pulumiservice:DeploymentSettings
    properties:
      organization: acme
      project: ${esc-sync-aws-secretsmanager.projectName}
      stack: ${esc-sync-aws-secretsmanager.stackName}
      sourceContext: {git: {repoUrl: "%s", branch: main, repoDir: sync/target}}
      operationContext:
        environmentVariables: {AWS_REGION: us-west-2}
        preRunCommands:
          - pulumi env open acme/` + patternProject + `/dev sync.awsSecretsManager.value > sync.json
          - pulumi config set -s acme/` + patternTarget + ` secretName
            "$(pulumi env open acme/` + patternProject + `/dev sync.awsSecretsManager.name --format string)"
  update_schedule:
    type: pulumiservice:DeploymentSchedule
    properties:
      organization: acme
      project: ${deployment_settings.project}
      stack: ${deployment_settings.stack}
      scheduleCron: ` + patternSchedule + `
      pulumiOperation: update
`

// patternInner is an inner program in the form of the pattern's.
const patternInner = `name: ` + patternProject + `
runtime: yaml
config: {secretName: {type: string}}
resources:
  secret:
    type: aws:secretsmanager:Secret
    properties: {name: "${secretName}"}
  version:
    type: aws:secretsmanager:SecretVersion
    properties: {secretId: "${secret.id}", secretString: {fn::secret: {fn::readFile: ./sync.json}}}
`

// The transform in examples/migrating turns the pattern's resources into the children of a sync. None of them is
// created again or deleted, the inner program and its secret stay, and the next preview has nothing to do.
func TestMigratingRetainsEveryResource(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	h := harness.New(t, harness.Options{Environment: environment(t, tools)})
	repository := publishedPattern(t, h)
	arn := secretARN(t, h)

	after := stage(t, tools, "migrating")
	replaceInFile(t, filepath.Join(after, "index.ts"), `repository: config.require("repository")`,
		`repoUrl: "file://`+repository+`"`)
	replaceInFile(t, filepath.Join(after, "index.ts"), "    source: {",
		`    deployment: { environmentVariables: { AWS_REGION: "us-west-2" } },`+"\n    source: {")
	args := []string{"--config", "projectName=" + patternProject, "--config", "syncCronSchedule=" + patternSchedule}
	result, err := h.Up(ctx, after, migratingStack, args...)
	require.NoError(t, err)
	for _, step := range result.Steps {
		switch step.Type {
		case "pulumiservice:index:Environment", "pulumiservice:index:DeploymentSettings":
			assert.Equal(t, apitype.OpUpdate, step.Op, step.URN)
		case "pulumiservice:index:Stack", "pulumiservice:index:DeploymentSchedule":
			assert.Equal(t, apitype.OpSame, step.Op, step.URN)
		}
		if !strings.Contains(step.URN, "::pulumi:providers:") { // the SDK requests a provider of its own version
			assert.Contains(t, []apitype.OpType{apitype.OpSame, apitype.OpUpdate, apitype.OpCreate}, step.Op, step.URN)
		}
	}
	runs := h.Deployments(patternTarget)
	require.Len(t, runs, 2)
	require.Equal(t, "succeeded", runs[1].Status, runs[1].Log)
	value, err := h.Secret(ctx, region, secretName)
	require.NoError(t, err)
	assert.JSONEq(t, harness.PatternSecret(password), value)
	assert.Equal(t, secretARN(t, h), arn, "the secret was made anew")

	unchanged := func() {
		result, err := h.Preview(ctx, after, migratingStack, args...)
		require.NoError(t, err)
		require.NotNil(t, result.Summary)
		assert.Empty(t, result.Changes())
	}
	unchanged()
	// The alias is no longer needed.
	replaceInFile(t, filepath.Join(after, "index.ts"), "{ aliases, ignoreChanges }", "{ ignoreChanges }")
	unchanged()
}

// publishedPattern deploys the pattern's two programs, and returns the repository of the inner one.
func publishedPattern(t *testing.T, h *harness.Harness) string {
	t.Helper()
	ctx := t.Context()
	require.NoError(t, h.CreateEnvironment(ctx, harness.PatternEnvironment, harness.PatternDefinition(password)))
	require.NoError(t, h.TagEnvironment(ctx, harness.PatternEnvironment, harness.PatternTag))
	inner := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(inner, "Pulumi.yaml"), []byte(patternInner), 0o600))
	repository := harness.CommitFolder(t, inner, "sync/target")

	before, err := h.WriteProgram(fmt.Sprintf(patternOuter, "file://"+repository))
	require.NoError(t, err)
	definition, err := os.ReadFile(filepath.Join("..", "..", "examples", "migrating", "syncEnv.yaml"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(before, "syncEnv.yaml"), definition, 0o600))
	_, err = h.Up(ctx, before, migratingStack)
	require.NoError(t, err)
	_, err = h.Deploy(ctx, "update", patternTarget)
	require.NoError(t, err)
	value, err := h.Secret(ctx, region, secretName)
	require.NoError(t, err)
	require.JSONEq(t, harness.PatternSecret(password), value)
	return repository
}

func secretARN(t *testing.T, h *harness.Harness) string {
	t.Helper()
	name := secretName
	secret, err := h.SecretsManager(region).DescribeSecret(t.Context(),
		&secretsmanager.DescribeSecretInput{SecretId: &name})
	require.NoError(t, err)
	return *secret.ARN
}

func replaceInFile(t *testing.T, file, old, replacement string) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(text), old), "%s holds %q", file, old)
	require.NoError(t, os.WriteFile(file, []byte(strings.Replace(string(text), old, replacement, 1)), 0o600))
}
