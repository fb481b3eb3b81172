package pulumiservice

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

const (
	settingsToken = "pulumiservice:index:DeploymentSettings"
	settingsPath  = "/api/stacks/acme/tgt/dev/deployments/settings"
)

// sentSettings is a literal request of the published provider.
const sentSettings = `{"executorContext":{"executorImage":"pulumi/pulumi:3.259.0"},` +
	`"sourceContext":{"git":{"repoUrl":"https://github.com/a/b.git","branch":"refs/heads/main","repoDir":"x",` +
	`"gitAuth":{"basicAuth":{"userName":{"secret":"u"},"password":{"secret":"pw"}}}}},` +
	`"operationContext":{"oidc":{"aws":{"duration":"1h0m0s","policyArns":["arn:x"],"roleArn":"r","sessionName":"s"},` +
	`"gcp":{"projectId":"p","workloadPoolId":"wp","providerId":"pr","serviceAccount":"sa"},` +
	`"azure":{"clientId":"c","tenantId":"t","subscriptionId":"su"}},` +
	`"preRunCommands":["echo hi"],"environmentVariables":{"PLAIN":"v","SEC":{"secret":"s3"}},` +
	`"options":{"skipInstallDependencies":true,"skipIntermediateDeployments":true}},"cacheOptions":{"enable":true}}`

// storedSettings is the service's answer, with secrets as ciphertext.
const storedSettings = `{"version":1,"executorContext":{"executorImage":"pulumi/pulumi:3.259.0"},` +
	`"sourceContext":{"git":{"repoUrl":"https://github.com/a/b.git","branch":"refs/heads/main","repoDir":"x",` +
	`"gitAuth":{"basicAuth":{"userName":{"ciphertext":"YQ=="},"password":{"ciphertext":"Yg=="}}}}},` +
	`"operationContext":{"preRunCommands":["echo hi"],` +
	`"environmentVariables":{"PLAIN":"v","SEC":{"ciphertext":"Yw=="}},` +
	`"options":{"skipInstallDependencies":true,"skipIntermediateDeployments":true}},"cacheOptions":{"enable":true}}`

func settingsInputsOf(secret any) standintest.Props {
	return standintest.Props{
		"organization": "acme", "project": "tgt", "stack": "dev",
		"executorContext": standintest.Props{"executorImage": "pulumi/pulumi:3.259.0"},
		"cacheOptions":    standintest.Props{"enable": true},
		"sourceContext": standintest.Props{"git": standintest.Props{
			"repoUrl": "https://github.com/a/b.git", "branch": "refs/heads/main", "repoDir": "x",
			"gitAuth": standintest.Props{"basicAuth": standintest.Props{"username": "u", "password": "pw"}},
		}},
		"operationContext": standintest.Props{
			"preRunCommands":       []string{"echo hi"},
			"environmentVariables": standintest.Props{"PLAIN": "v", "SEC": secret},
			"options": standintest.Props{
				"skipInstallDependencies": true, "skipIntermediateDeployments": true, "shell": "zsh",
			},
			"oidc": standintest.Props{
				"aws": standintest.Props{
					"duration": "1h", "policyARNs": []string{"arn:x"}, "roleARN": "r", "sessionName": "s",
				},
				"azure": standintest.Props{"clientId": "c", "tenantId": "t", "subscriptionId": "su"},
				"gcp": standintest.Props{
					"projectId": "p", "workloadPoolId": "wp", "providerId": "pr", "serviceAccount": "sa",
				},
			},
		},
	}
}

func TestSettingsAreSentAsThePublishedProviderSendsThem(t *testing.T) {
	t.Parallel()
	cloud, driver := start(t, map[string]answer{
		"PUT " + settingsPath: {body: storedSettings}, "DELETE " + settingsPath: {body: "true"},
	})
	created := driver.MustCreate(t, settingsToken, settingsInputsOf(standintest.Secret("s3")))
	assert.Equal(t, "acme/tgt/dev", created.ID)
	assert.Equal(t, "application/vnd.pulumi+9", cloud.headers[0].Get("Accept"))
	cloud.expect(t, "PUT "+settingsPath+" "+sentSettings)

	// The state contains no plaintext: the answer's ciphertext reads as "".
	variables, err := at("operationContext", "environmentVariables").Get(property.New(created.State))
	require.NoError(t, err)
	assert.Equal(t, property.New(map[string]property.Value{
		"PLAIN": property.New("v"), "SEC": property.New(""),
	}), variables)

	_, err = driver.Update(t, created, settingsInputsOf(standintest.Secret("s4")))
	require.NoError(t, err)
	require.Len(t, cloud.requests, 1)
	assert.Contains(t, cloud.requests[0], `"SEC":{"secret":"s4"}`)
	cloud.expect(t, cloud.requests...)

	require.NoError(t, driver.Delete(created))
	cloud.expect(t, "DELETE "+settingsPath)
}

func TestSettingsVariablesAreSecretAsTheirSurroundingsAre(t *testing.T) {
	t.Parallel()
	for name, operation := range map[string]property.Value{
		"the value": property.New(
			map[string]property.Value{
				"environmentVariables": property.New(map[string]property.Value{"A": property.New("x").WithSecret(true)}),
			},
		),
		"all variables": property.New(
			map[string]property.Value{
				"environmentVariables": property.New(map[string]property.Value{"A": property.New("x")}).WithSecret(true),
			},
		),
		"the whole context": property.New(map[string]property.Value{
			"environmentVariables": property.New(map[string]property.Value{"A": property.New("x")}),
		}).WithSecret(true),
	} {
		assert.Equal(t, map[string]secretValue{"A": {Value: "x", Secret: true}}, renderVariables(operation), name)
	}
	plain := property.New(
		map[string]property.Value{"environmentVariables": property.New(map[string]property.Value{"A": property.New("x")})},
	)
	assert.Equal(t, map[string]secretValue{"A": {Value: "x"}}, renderVariables(plain))
}

func TestSettingsOfOtherSources(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		inputs standintest.Props
		want   string
	}{
		"GitHub's app": {
			standintest.Props{"github": standintest.Props{
				"repository": "a/b", "deployCommits": true, "previewPullRequests": true, "paths": []string{"x"},
			}},
			`{"gitHub":{"repository":"a/b","deployCommits":true,"previewPullRequests":true,"paths":["x"]}}`,
		},
		"a version control system": {
			standintest.Props{"vcs": standintest.Props{"provider": "gitlab", "repository": "a/b"}},
			`{"vcs":{"provider":"gitlab","repository":"a/b"}}`,
		},
		"an agent pool": {standintest.Props{"agentPoolId": "pool"}, `{"agentPoolID":"pool"}`},
		"an SSH key": {
			standintest.Props{"sourceContext": standintest.Props{"git": standintest.Props{
				"commit": "c", "gitAuth": standintest.Props{"sshAuth": standintest.Props{"sshPrivateKey": "k"}},
			}}},
			`{"sourceContext":{"git":{"commit":"c","gitAuth":{"sshAuth":{"sshPrivateKey":{"secret":"k"}}}}}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cloud, driver := start(t, map[string]answer{"PUT " + settingsPath: {body: "{}"}})
			row.inputs["organization"], row.inputs["project"], row.inputs["stack"] = "acme", "tgt", "dev"
			driver.MustCreate(t, settingsToken, row.inputs)
			cloud.expect(t, "PUT "+settingsPath+" "+row.want)
		})
	}
}

func TestSettingsRefresh(t *testing.T) {
	t.Parallel()
	answers := map[string]answer{
		"PUT " + settingsPath: {body: storedSettings},
		"GET " + settingsPath: {body: storedSettings},
	}
	_, driver := start(t, answers)
	inputs := settingsInputsOf(standintest.Secret("s3"))
	delete(inputs, "sourceContext")
	created := driver.MustCreate(t, settingsToken, inputs)
	refreshed := driver.Refresh(t, created)
	// The plaintext of the inputs survives.
	assert.Equal(t, "s3", textAt(refreshed.Inputs, at("operationContext", "environmentVariables", "SEC")))
	// The dropped option shows as a difference.
	diff := driver.Diff(t, refreshed, inputs)
	assert.Contains(t, diff.DetailedDiff, "operationContext.options.shell")

	imported := driver.Import(t, settingsToken, "acme/tgt/dev")
	assert.Equal(t, importedSecret, textAt(imported.Inputs, at("operationContext", "environmentVariables", "SEC")))

	delete(answers, "GET "+settingsPath)
	assert.Empty(t, driver.Refresh(t, created).ID)
}

func TestSettingsCheckAndReplacement(t *testing.T) {
	t.Parallel()
	_, driver := start(t, map[string]answer{"PUT " + settingsPath: {body: "{}"}})
	inputs := settingsInputsOf("v")
	inputs["operationContext"] = standintest.Props{"oidc": standintest.Props{"aws": standintest.Props{
		"roleARN": "r", "sessionName": "s", "duration": "soon",
	}}}
	_, failures := driver.Check(t, settingsToken, inputs)
	require.Len(t, failures, 1)
	assert.Equal(t, "operationContext.oidc.aws.duration", failures[0].Property)

	created := driver.MustCreate(
		t,
		settingsToken,
		standintest.Props{"organization": "acme", "project": "tgt", "stack": "dev"},
	)
	diff := driver.Diff(t, created, standintest.Props{"organization": "acme", "project": "tgt", "stack": "prod"})
	assert.Equal(t, map[string]p.PropertyDiff{"stack": {Kind: p.UpdateReplace, InputDiff: true}}, diff.DetailedDiff)
	assert.True(t, diff.DeleteBeforeReplace)
}
