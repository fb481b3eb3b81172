package pulumiservice

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/asset"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

const environmentToken = "pulumiservice:index:Environment"

const environmentPath = "/api/esc/environments/acme/proj/sync"

func environmentAnswers() map[string]answer {
	return map[string]answer{
		"POST /api/esc/environments/acme/yaml/check?showSecrets=false": {body: `{"properties":{},"schema":true}`},
		"POST /api/esc/environments/acme":                              {},
		"PATCH " + environmentPath: {
			body:   `{}`,
			header: map[string]string{revisionHeader: "2"},
		},
		"GET " + environmentPath + "/metadata": {body: `{"id":"uuid"}`},
		"DELETE " + environmentPath:            {},
	}
}

func environmentInputs(yaml any) standintest.Props {
	return standintest.Props{"organization": "acme", "project": "proj", "name": "sync", "yaml": yaml}
}

func TestEnvironmentLifecycle(t *testing.T) {
	t.Parallel()
	cloud, driver := start(t, environmentAnswers())
	text, err := asset.FromText("\nvalues: {a: 1}\n")
	require.NoError(t, err)

	created := driver.MustCreate(t, environmentToken, environmentInputs(property.New(text)))
	assert.Equal(t, "acme/proj/sync", created.ID)
	assert.Equal(t, property.New("values: {a: 1}").WithSecret(true), created.State.Get("yaml"))
	assert.Equal(t, property.New(2.0), created.State.Get("revision"))
	assert.Equal(t, property.New("uuid"), created.State.Get("environmentId"))
	assert.Equal(t, "application/vnd.pulumi+8", cloud.headers[0].Get("Accept"))
	assert.Equal(t, "application/json", cloud.headers[0].Get("Content-Type"))
	assert.Equal(t, "token pul-token", cloud.headers[0].Get("Authorization"))
	assert.Equal(t, "application/vnd.pulumi+9", cloud.headers[3].Get("Accept"))
	assert.Equal(t, "provider", cloud.headers[3].Get("X-Pulumi-Source"))
	cloud.expect(t,
		"POST /api/esc/environments/acme/yaml/check?showSecrets=false values: {a: 1}",
		`POST /api/esc/environments/acme {"project":"proj","name":"sync"}`,
		"PATCH "+environmentPath+" values: {a: 1}",
		"GET "+environmentPath+"/metadata",
	)

	assert.False(t, driver.Diff(t, created, environmentInputs("values: {a: 1}")).HasChanges)
	change := driver.Diff(t, created, environmentInputs("values: {a: 2}"))
	assert.Equal(t, map[string]p.PropertyDiff{"yaml": {Kind: p.Update, InputDiff: true}}, change.DetailedDiff)

	updated, err := driver.Update(t, created, environmentInputs("values: {a: 2}"))
	require.NoError(t, err)
	cloud.expect(t, "PATCH "+environmentPath+" values: {a: 2}", "GET "+environmentPath+"/metadata")

	require.NoError(t, driver.Delete(updated))
	cloud.expect(t, "DELETE "+environmentPath)
}

func TestEnvironmentIsReplacedByDeletingFirst(t *testing.T) {
	t.Parallel()
	_, driver := start(t, environmentAnswers())
	created := driver.MustCreate(t, environmentToken, environmentInputs("a: 1"))
	for _, key := range []string{"organization", "project", "name"} {
		inputs := environmentInputs("a: 1")
		inputs[key] = "other"
		diff := driver.Diff(t, created, inputs)
		assert.Equal(t, map[string]p.PropertyDiff{key: {Kind: p.UpdateReplace, InputDiff: true}}, diff.DetailedDiff)
		assert.True(t, diff.DeleteBeforeReplace)
	}
}

func TestEnvironmentUpdateSwallowsRefusals(t *testing.T) {
	t.Parallel()
	answers := environmentAnswers()
	_, driver := start(t, answers)
	created := driver.MustCreate(t, environmentToken, environmentInputs("a: 1"))

	answers["PATCH "+environmentPath] = answer{status: 403, body: `{"code":403,"message":"Forbidden"}`}
	updated, err := driver.Update(t, created, environmentInputs("a: 2"))
	require.NoError(t, err)
	assert.Equal(t, property.New(0.0), updated.State.Get("revision"))

	answers["PATCH "+environmentPath] = answer{
		status: 400, body: `{"code":400,"message":"Bad Request","diagnostics":[{"summary":"unknown property"}]}`,
	}
	_, err = driver.Update(t, created, environmentInputs("a: ${b}"))
	assert.ErrorContains(t, err, "unknown property")
}

func TestEnvironmentCreateRefusals(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		request string
		answer  answer
		want    string
	}{
		"a definition that ESC refuses": {
			"POST /api/esc/environments/acme/yaml/check?showSecrets=false",
			answer{status: 400, body: `{"code":400,"message":"m","diagnostics":[{"summary":"no such import"}]}`},
			"yaml code failed following checks",
		},
		"a name that exists": {
			"POST /api/esc/environments/acme", answer{status: 409, body: `{"code":409,"message":"Conflict"}`},
			"failed to create new environment due to error: 409 API error: Conflict",
		},
		"an empty list of diagnostics": {
			"PATCH " + environmentPath,
			answer{body: `{"diagnostics":[]}`, header: map[string]string{revisionHeader: "2"}},
			"failed to update brand new environment",
		},
		"an answer without a revision": {
			"PATCH " + environmentPath, answer{body: `{}`}, "reading the header Pulumi-ESC-Revision",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answers := environmentAnswers()
			answers[row.request] = row.answer
			_, driver := start(t, answers)
			_, err := driver.Create(t, environmentToken, environmentInputs("a: 1"))
			assert.ErrorContains(t, err, row.want)
		})
	}
}

func TestEnvironmentReadShowsTheStoredForm(t *testing.T) {
	t.Parallel()
	answers := environmentAnswers()
	_, driver := start(t, answers)
	created := driver.MustCreate(t, environmentToken, environmentInputs("a: {fn::secret: x}"))

	answers["GET "+environmentPath] = answer{
		body: "a: {fn::secret: {ciphertext: zzz}}\n", header: map[string]string{revisionHeader: "7"},
	}
	refreshed := driver.Refresh(t, created)
	assert.Equal(t, property.New("a: {fn::secret: {ciphertext: zzz}}").WithSecret(true), refreshed.Inputs.Get("yaml"))
	assert.Equal(t, property.New(7.0), refreshed.State.Get("revision"))
	assert.True(t, driver.Diff(t, refreshed, environmentInputs("a: {fn::secret: x}")).HasChanges)

	// An outage also drops the resource.
	answers["GET "+environmentPath] = answer{status: 500, body: `{"code":500,"message":"down"}`}
	assert.Empty(t, driver.Refresh(t, created).ID)
}

func TestEnvironmentCheck(t *testing.T) {
	t.Parallel()
	_, driver := start(t, nil)
	_, failures := driver.Check(t, environmentToken, standintest.Props{"organization": "a/b", "nonsense": "x"})
	assert.ElementsMatch(t, []p.CheckFailure{
		{Property: "nonsense", Reason: "unrecognized property 'nonsense'"},
		{Property: "name", Reason: "missing required property 'name'"},
		{Property: "yaml", Reason: "missing required property 'yaml'"},
		{Property: "project", Reason: "missing required property 'project'"},
		{Property: "organization", Reason: "'organization' property contains `/` illegal character"},
	}, failures)

	inputs, failures := driver.Check(t, environmentToken, environmentInputs(standintest.Unknown()))
	assert.Empty(t, failures)
	assert.Equal(t, property.New("").WithSecret(true), inputs.Get("yaml"))
}
