package pulumiservice

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

const stackToken = "pulumiservice:index:Stack"

func stackInputs(force ...bool) standintest.Props {
	inputs := standintest.Props{"organizationName": "acme", "projectName": "tgt", "stackName": "dev"}
	if len(force) > 0 {
		inputs["forceDestroy"] = force[0]
	}
	return inputs
}

func TestStackLifecycle(t *testing.T) {
	t.Parallel()
	answers := map[string]answer{
		"POST /api/stacks/acme/tgt":                         {body: "{}"},
		"GET /api/stacks/acme/tgt/dev":                      {body: `{"id":"x"}`},
		"DELETE /api/stacks/acme/tgt/dev?forceDestroy=true": {status: 204},
	}
	cloud, driver := start(t, answers)
	created := driver.MustCreate(t, stackToken, stackInputs(true))
	assert.Equal(t, "acme/tgt/dev", created.ID)
	refreshed := driver.Refresh(t, created)
	assert.False(t, driver.Diff(t, refreshed, stackInputs(true)).HasChanges)
	require.NoError(t, driver.Delete(refreshed))
	cloud.expect(t,
		`POST /api/stacks/acme/tgt {"stackName":"dev"}`,
		"GET /api/stacks/acme/tgt/dev",
		"DELETE /api/stacks/acme/tgt/dev?forceDestroy=true",
	)

	delete(answers, "GET /api/stacks/acme/tgt/dev")
	assert.Empty(t, driver.Refresh(t, created).ID)
}

func TestStackForceDestroyReplacesAndCreatesFirst(t *testing.T) {
	t.Parallel()
	_, driver := start(t, map[string]answer{"POST /api/stacks/acme/tgt": {body: "{}"}})
	created := driver.MustCreate(t, stackToken, stackInputs())
	diff := driver.Diff(t, created, stackInputs(true))
	assert.Equal(t, map[string]p.PropertyDiff{"forceDestroy": {Kind: p.AddReplace, InputDiff: true}}, diff.DetailedDiff)
	assert.False(t, diff.DeleteBeforeReplace)
}

func TestStackRefusals(t *testing.T) {
	t.Parallel()
	answers := map[string]answer{"POST /api/stacks/acme/tgt": {body: "{}"}, "DELETE /api/stacks/acme/tgt/dev": {
		status: 400, body: `{"code":400,"message":"Bad Request: Stack still contains resources."}`,
	}}
	_, driver := start(t, answers)
	created := driver.MustCreate(t, stackToken, stackInputs())
	require.ErrorContains(t, driver.Delete(created), "Stack still contains resources")

	delete(answers, "DELETE /api/stacks/acme/tgt/dev")
	require.ErrorContains(t, driver.Delete(created), "404")

	answers["POST /api/stacks/acme/tgt"] = answer{status: 409, body: `{"code":409,"message":"Conflict"}`}
	_, err := driver.Create(t, stackToken, stackInputs())
	require.ErrorContains(t, err, `error creating stack "acme/tgt/dev": 409 API error: Conflict`)
}
