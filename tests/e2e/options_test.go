package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/tests/harness"
)

// An explicit pulumiservice provider of the component is the provider of all its children. protect also applies to
// them, dependsOn delays them, and the teardown waits as long as customTimeouts says.
func TestProviderProtectAndDependsOn(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := "name: shop\nruntime: yaml\nresources:\n" + `
  cloud:
    type: pulumi:providers:pulumiservice
    properties:
      apiUrl: ` + h.Cloud.URL() + `
      accessToken: {fn::secret: ` + h.Cloud.AccessToken() + `}
  caller:
    type: pulumi:providers:escsync
    properties:
      apiUrl: ` + h.Cloud.URL() + `
      accessToken: {fn::secret: ` + h.Cloud.AccessToken() + `}
  first:
    type: pulumiservice:Environment
    properties: {organization: acme, project: team, name: first, yaml: {fn::stringAsset: "values: {a: b}"}}
  db:
    type: escsync:EscSync
    properties:
` + indent(awsSync, 6) + `
    options:
      providers: ["${cloud}", "${caller}"]
      dependsOn: ["${first}"]
      protect: true
      customTimeouts: {delete: 90m}
`
	dir := write(t, h, program)
	result := up(t, h, dir)
	resources := resourcesOf(t, h, stack)
	explicit := 0
	for _, r := range resources {
		if !strings.Contains(string(r.URN), "EscSync$") {
			continue
		}
		explicit++
		provider := "::cloud::"
		if strings.HasPrefix(string(r.Type), "escsync:") {
			provider = "::caller::"
		}
		assert.Contains(t, r.Provider, provider, "the provider of %s", r.URN)
		assert.True(t, r.Protect, "%s is not protected", r.URN)
		if string(r.Type) == run.CaretakerToken {
			assert.Equal(t, "1h30m0s", r.Inputs["timeout"])
		}
		assert.Contains(t, string(r.Parent), "escsync:index:EscSync::db")
	}
	assert.Equal(t, 6, explicit) // five of pulumiservice, and the caretaker
	assert.Less(t, position(t, result, "::first"), position(t, result, "db-environment"), "dependsOn")

	_, err := h.Destroy(t.Context(), dir, stack)
	require.Error(t, err, "a protected sync was destroyed")
	assert.Contains(t, h.Cloud.Stacks(), harness.Organization+"/"+awsTarget)
}

// resourcesOf returns the resources in the state of the stack project/stack, with secrets encrypted.
func resourcesOf(t *testing.T, h *harness.Harness, stack string) []apitype.ResourceV3 {
	t.Helper()
	var checkpoint struct {
		Deployment apitype.DeploymentV3 `json:"deployment"`
	}
	require.NoError(t, json.Unmarshal(h.Cloud.StackState(harness.Organization+"/"+stack), &checkpoint))
	return checkpoint.Deployment.Resources
}

func position(t *testing.T, result *harness.Result, name string) int {
	for i, step := range result.Steps {
		if strings.HasSuffix(step.URN, name) {
			return i
		}
	}
	require.Failf(t, "no step", "%s", name)
	return 0
}
