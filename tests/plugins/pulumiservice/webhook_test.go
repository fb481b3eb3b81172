package pulumiservice

import (
	"maps"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

const webhookToken = "pulumiservice:index:Webhook"

func hookInputs(more standintest.Props) standintest.Props {
	inputs := standintest.Props{
		"organizationName": "acme", "displayName": "d", "payloadUrl": "tgt/dev", "active": true,
		"format": "pulumi_deployments",
	}
	maps.Copy(inputs, more)
	return inputs
}

func TestWebhookLifecycle(t *testing.T) {
	t.Parallel()
	const path = "/api/esc/environments/acme/proj/sync/hooks"
	answers := map[string]answer{
		"POST " + path:           {status: 201, body: `{"name":"n1","hasSecret":true}`},
		"PATCH " + path + "/n1":  {body: `{"name":"n1"}`},
		"DELETE " + path + "/n1": {status: 204},
		"GET " + path + "/n1": {body: `{"name":"n1","active":true,"displayName":"d","payloadUrl":"tgt/dev",` +
			`"format":"pulumi_deployments","filters":["imported_environment_changed"],"hasSecret":true}`},
	}
	cloud, driver := start(t, answers)
	inputs := hookInputs(standintest.Props{
		"projectName": "proj", "environmentName": "sync", "secret": "hs", "filters": []string{"imported_environment_changed"},
	})
	created := driver.MustCreate(t, webhookToken, inputs)
	assert.Equal(t, "acme/environment/proj/sync/n1", created.ID)
	assert.Equal(t, property.New("n1"), created.State.Get("name"))
	assert.Equal(t, property.New("hs").WithSecret(true), created.State.Get("secret"))

	refreshed := driver.Refresh(t, created)
	assert.False(t, driver.Diff(t, refreshed, inputs).HasChanges)
	inputs["displayName"] = "e"
	updated, err := driver.Update(t, refreshed, inputs)
	require.NoError(t, err)
	require.NoError(t, driver.Delete(updated))
	sent := func(name, more string) string {
		return `{"organizationName":"acme","projectName":"proj","envName":"sync","displayName":"` + name +
			`","payloadUrl":"tgt/dev","secret":"hs","active":true,"format":"pulumi_deployments",` +
			`"filters":["imported_environment_changed"]` + more + `}`
	}
	cloud.expect(t,
		"POST "+path+" "+sent("d", ""), "GET "+path+"/n1", "PATCH "+path+"/n1 "+sent("e", `,"name":"n1"`),
		"DELETE "+path+"/n1",
	)

	delete(answers, "GET "+path+"/n1")
	assert.Empty(t, driver.Refresh(t, created).ID)
}

func TestWebhookScopes(t *testing.T) {
	t.Parallel()
	refusal := func(property, reason string) []p.CheckFailure {
		return []p.CheckFailure{{Property: property, Reason: reason}}
	}
	for name, row := range map[string]struct {
		inputs standintest.Props
		path   string
		groups []string
		id     string
		want   []p.CheckFailure
	}{
		"an organization": {
			standintest.Props{}, "/api/orgs/acme/hooks", []string{"deployments", "environments", "stacks"}, "acme/n", nil,
		},
		"a stack": {
			standintest.Props{"projectName": "p", "stackName": "s"},
			"/api/stacks/acme/p/s/hooks", []string{"deployments", "stacks"}, "acme/p/s/n", nil,
		},
		"an environment": {
			standintest.Props{"projectName": "p", "environmentName": "e"},
			"/api/esc/environments/acme/p/e/hooks", []string{"environments"}, "acme/environment/p/e/n", nil,
		},
		"a project": {
			inputs: standintest.Props{"projectName": "p"},
			want: refusal("projectName", "projectName needs to be empty if this is meant to be an organization webhook; "+
				"otherwise provide stackName for stack webhook or environmentName for environment webhook"),
		},
		"a stack without a project": {
			inputs: standintest.Props{"stackName": "s"},
			want:   refusal("projectName", "projectName and stackName must both be specified for stack webhooks"),
		},
		"an environment without a project": {
			inputs: standintest.Props{"environmentName": "e"},
			want:   refusal("projectName", "projectName and environmentName must both be specified for environment webhooks"),
		},
		"a stack and an environment": {
			inputs: standintest.Props{"projectName": "p", "stackName": "s", "environmentName": "p/e"},
			want: refusal("stackName", "stackName needs to be empty if this is meant to be an environment webhook; "+
				"environmentName needs to be empty if this is meant to be a stack webhook"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cloud, driver := start(t, map[string]answer{"POST " + row.path: {status: 201, body: `{"name":"n"}`}})
			inputs, failures := driver.Check(t, webhookToken, hookInputs(row.inputs))
			require.Equal(t, row.want, failures)
			if row.want != nil {
				return
			}
			var groups []string
			for _, group := range inputs.Get("groups").AsArray().All {
				groups = append(groups, group.AsString())
			}
			assert.Equal(t, row.groups, groups)
			created := driver.MustCreate(t, webhookToken, hookInputs(row.inputs))
			assert.Equal(t, row.id, created.ID)
			assert.Len(t, cloud.requests, 1)
		})
	}
}

func TestWebhookDefaultsToRaw(t *testing.T) {
	t.Parallel()
	_, driver := start(t, nil)
	inputs := hookInputs(nil)
	delete(inputs, "format")
	checked, failures := driver.Check(t, webhookToken, inputs)
	assert.Empty(t, failures)
	assert.Equal(t, property.New("raw"), checked.Get("format"))
}

func TestWebhookOfThePublishedPatternMissesItsEnvironment(t *testing.T) {
	t.Parallel()
	cloud, driver := start(t, nil)
	_, err := driver.Create(t, webhookToken, hookInputs(standintest.Props{
		"projectName": "proj", "environmentName": "proj/sync", "filters": []string{"imported_environment_changed"},
	}))
	require.ErrorContains(t, err, "404")
	assert.Contains(t, cloud.requests[0], "POST /api/esc/environments/acme/proj/proj/sync/hooks ")
}
