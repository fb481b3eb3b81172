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
	teamToken       = "pulumiservice:index:Team"
	permissionToken = "pulumiservice:index:TeamEnvironmentPermission"
	tagToken        = "pulumiservice:index:EnvironmentVersionTag"
)

func TestTeamEnvironmentPermissionLifecycle(t *testing.T) {
	t.Parallel()
	answers := map[string]answer{
		"PATCH /api/orgs/acme/teams/ops": {status: 204},
		"GET /api/orgs/acme/teams/ops": {body: `{"name":"ops","environments":[` +
			`{"envName":"sync","projectName":"proj","permission":"open","maxOpenDuration":"1h0m0s"}]}`},
	}
	cloud, driver := start(t, answers)
	inputs := standintest.Props{
		"organization": "acme", "team": "ops", "project": "proj", "environment": "sync", "permission": "open",
		"maxOpenDuration": "1h",
	}
	created := driver.MustCreate(t, permissionToken, inputs)
	assert.Equal(t, "acme/ops/proj+sync", created.ID)
	refreshed := driver.Refresh(t, created)
	assert.False(t, driver.Diff(t, refreshed, inputs).HasChanges)
	require.NoError(t, driver.Delete(refreshed))
	cloud.expect(t,
		`PATCH /api/orgs/acme/teams/ops {"addEnvironmentPermission":{"envName":"sync","projectName":"proj",`+
			`"permission":"open","maxOpenDuration":"1h0m0s"}}`,
		"GET /api/orgs/acme/teams/ops",
		`PATCH /api/orgs/acme/teams/ops {"removeEnvironment":{"envName":"sync","projectName":"proj"}}`,
	)

	inputs["permission"] = "admin"
	diff := driver.Diff(t, created, inputs)
	assert.Equal(t, p.UpdateReplace, diff.DetailedDiff["permission"].Kind)
	assert.True(t, diff.DeleteBeforeReplace)

	answers["GET /api/orgs/acme/teams/ops"] = answer{body: `{"name":"ops"}`}
	assert.Empty(t, driver.Refresh(t, created).ID)
}

func TestVersionTagLifecycle(t *testing.T) {
	t.Parallel()
	const path = "/api/esc/environments/acme/default/sync/versions/tags"
	answers := map[string]answer{
		"POST " + path:               {status: 204},
		"PATCH " + path + "/stable":  {status: 204},
		"DELETE " + path + "/stable": {status: 204},
		"GET " + path + "/stable":    {body: `{"name":"stable","revision":9}`},
	}
	cloud, driver := start(t, answers)
	inputs := standintest.Props{"organization": "acme", "environment": "sync", "tagName": "stable", "revision": 2}
	created := driver.MustCreate(t, tagToken, inputs)
	assert.Equal(t, "acme/default/sync/stable", created.ID)
	assert.Equal(t, "application/vnd.pulumi+8", cloud.headers[0].Get("Accept"))
	refreshed := driver.Refresh(t, created)
	assert.Equal(t, property.New(9.0), refreshed.Inputs.Get("revision"))
	inputs["revision"] = 3
	assert.Equal(t, map[string]p.PropertyDiff{"revision": {Kind: p.Update, InputDiff: true}},
		driver.Diff(t, refreshed, inputs).DetailedDiff)
	updated, err := driver.Update(t, refreshed, inputs)
	require.NoError(t, err)
	require.NoError(t, driver.Delete(updated))
	cloud.expect(t,
		"POST "+path+` {"name":"stable","revision":2}`, "GET "+path+"/stable", "PATCH "+path+`/stable {"revision":3}`,
		"DELETE "+path+"/stable",
	)

	delete(answers, "GET "+path+"/stable")
	assert.Empty(t, driver.Refresh(t, created).ID)
}

func TestTeamLifecycle(t *testing.T) {
	t.Parallel()
	cloud, driver := start(t, map[string]answer{
		"POST /api/orgs/acme/teams/pulumi": {body: `{"kind":"pulumi","name":"ops"}`},
		"PATCH /api/orgs/acme/teams/ops":   {status: 204}, "DELETE /api/orgs/acme/teams/ops": {status: 204},
		"GET /api/orgs/acme/teams/ops": {
			body: `{"kind":"pulumi","name":"ops","displayName":"ops","members":[{"githubLogin":"b"},{"githubLogin":"a"}]}`,
		},
	})
	inputs := standintest.Props{
		"organizationName": "acme", "teamType": "pulumi", "name": "ops", "members": []string{"b", "a"},
	}
	created := driver.MustCreate(t, teamToken, inputs)
	assert.Equal(t, "acme/ops", created.ID)
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
	inputs["members"] = []string{"a", "c"}
	updated, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	require.NoError(t, driver.Delete(updated))
	patch := "PATCH /api/orgs/acme/teams/ops "
	cloud.expect(t,
		`POST /api/orgs/acme/teams/pulumi {"organization":"acme","teamType":"pulumi","name":"ops","displayName":"ops",`+
			`"description":""}`,
		patch+`{"memberAction":"add","member":"a"}`, patch+`{"memberAction":"add","member":"b"}`,
		"GET /api/orgs/acme/teams/ops",
		patch+`{"newDisplayName":"ops","newDescription":""}`,
		patch+`{"memberAction":"remove","member":"b"}`, patch+`{"memberAction":"add","member":"c"}`,
		"DELETE /api/orgs/acme/teams/ops",
	)
}
