package pulumicloud

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/require"
)

const settingsURL = stackURL + "/deployments/settings"

// fullSettings is the body that the pulumiservice provider sends.
const fullSettings = `{"executorContext":{"executorImage":"pulumi/pulumi:3.259.0"},
 "sourceContext":{"git":{"repoUrl":"https://example.com/a/b.git","branch":"refs/heads/main","repoDir":"x",
  "gitAuth":{"basicAuth":{"userName":{"secret":"marker-user"},"password":{"secret":"marker-pw"}}}}},
 "operationContext":{"oidc":{"aws":{"duration":"1h0m0s","policyArns":["arn:x"],"roleArn":"r","sessionName":"s"}},
  "preRunCommands":["echo hi"],"environmentVariables":{"PLAIN":"v","SEC":{"secret":"marker-sec"}},
  "options":{"skipInstallDependencies":true,"skipIntermediateDeployments":true}},"cacheOptions":{"enable":true}}`

func TestSettingsReturnSecretsAsCiphertext(t *testing.T) {
	c := startCloud(t, Options{})
	c.refused(404, "PUT", settingsURL, fullSettings)
	c.newStack()
	c.refused(404, "GET", settingsURL, nil)
	put := c.do("PUT", settingsURL, fullSettings)
	require.Equal(t, 200, put.status)
	got := c.do("GET", settingsURL, nil)
	for _, body := range [][]byte{put.body, got.body} {
		require.NotContains(t, string(body), "marker")
		var settings apitype.DeploymentSettings
		require.NoError(t, json.Unmarshal(body, &settings))
		require.Equal(t, 1, settings.Version)
		variables := settings.Operation.EnvironmentVariables
		require.Equal(t, apitype.SecretValue{Value: "v"}, variables["PLAIN"])
		require.NotEmpty(t, variables["SEC"].Ciphertext)
		require.NotEmpty(t, settings.SourceContext.Git.GitAuth.BasicAuth.Password.Ciphertext)
		require.Equal(t, "pulumi/pulumi:3.259.0", settings.Executor.ExecutorImage.Reference)
		require.Contains(t, string(body), `"executorImage":"pulumi/pulumi:3.259.0"`, "the form is that of the request")
	}
	require.Equal(t, "true", string(c.do("DELETE", settingsURL, nil).body))
	c.refused(404, "GET", settingsURL, nil)
}

func TestPutReplacesAndPostMerges(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	c.ok("PUT", settingsURL, fullSettings)
	merged := c.ok("POST", settingsURL, `{"tag":"t","cacheOptions":null,
		"operationContext":{"preRunCommands":["other"],"environmentVariables":{"PLAIN":null,"NEW":"n"}}}`)
	operation := merged["operationContext"].(map[string]any)
	require.Equal(t, []any{"other"}, operation["preRunCommands"])
	variables := operation["environmentVariables"].(map[string]any)
	require.NotContains(t, variables, "PLAIN")
	require.Equal(t, "n", variables["NEW"])
	require.Contains(t, variables["SEC"], "ciphertext")
	require.NotContains(t, merged, "cacheOptions")
	require.Equal(t, "t", merged["tag"])
	require.Equal(t, 2.0, merged["version"])

	replaced := c.ok("PUT", settingsURL, `{"operationContext":{"preRunCommands":["only"]}}`)
	require.NotContains(t, replaced, "sourceContext")
	require.NotContains(t, replaced["operationContext"], "environmentVariables")
}

func TestSettingsAcceptEveryFormOfASecret(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	sealed := c.ok("POST", settingsURL+"/encrypt", `{"secret":"hidden"}`)
	body, err := json.Marshal(map[string]any{"operationContext": map[string]any{"environmentVariables": map[string]any{
		"SENT": sealed, "MARKED": json.RawMessage(`{"isSecret":true,"value":"hidden"}`),
		"OPEN": json.RawMessage(`{"isSecret":false,"value":"shown"}`),
	}}})
	require.NoError(t, err)
	answer := c.ok("PUT", settingsURL, body)
	variables := answer["operationContext"].(map[string]any)["environmentVariables"].(map[string]any)
	require.Equal(t, "shown", variables["OPEN"], "the explicit form is not read by the provider")
	require.Contains(t, variables["MARKED"], "ciphertext")
	require.Equal(t, sealed, variables["SENT"])
	c.refused(400, "POST", settingsURL+"/encrypt", `{"secret":""}`)
}

func TestInvalidSettings(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	for _, body := range []string{
		`{"operationContext":{"preRunCommands":"echo"}}`,
		`{"operationContext":{"environmentVariables":{"A":{"ciphertext":"bm90IG91cnM="}}}}`,
		`{"sourceContext":{"git":{"branch":"main","commit":"abc"}}}`,
	} {
		c.refused(400, "PUT", settingsURL, body)
	}
	c.refused(404, "GET", settingsURL, nil)
}
