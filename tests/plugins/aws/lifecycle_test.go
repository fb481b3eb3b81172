package aws

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

const (
	secretToken    = "aws:secretsmanager/secret:Secret"
	versionToken   = "aws:secretsmanager/secretVersion:SecretVersion"
	parameterToken = "aws:ssm/parameter:Parameter"
)

type props = standintest.Props

func TestAgainstMoto(t *testing.T) {
	t.Parallel()
	driver := startMoto(t)
	t.Run("a secret", func(t *testing.T) { testSecret(t, driver) })
	t.Run("a secret scheduled for deletion", func(t *testing.T) { testScheduledDeletion(t, driver) })
	t.Run("a version", func(t *testing.T) { testVersion(t, driver) })
	t.Run("a version edited elsewhere", func(t *testing.T) { testVersionDrift(t, driver) })
	t.Run("a parameter", func(t *testing.T) { testParameter(t, driver) })
	t.Run("parameters by tag", func(t *testing.T) { testResources(t, driver) })
	t.Run("functions", func(t *testing.T) { testFunctions(t, driver) })
}

func testSecret(t *testing.T, driver *standintest.Driver) {
	inputs := props{"name": "app/db", "description": "d", "tags": props{"a": "1", "b": "2"}}
	created := driver.MustCreate(t, secretToken, inputs)
	assert.Equal(t, created.ID, standin.Text(created.State, "arn"))
	assert.Equal(t, property.New(30.0), created.Inputs.Get("recoveryWindowInDays"))

	changed := props{"name": "app/db", "description": "e", "tags": props{"a": "1", "c": "3"}}
	updated, err := driver.Update(t, created, changed)
	require.NoError(t, err)
	refreshed := driver.Refresh(t, updated)
	assert.False(t, driver.Diff(t, refreshed, changed).HasChanges)
	assert.Equal(t, map[string]p.PropertyDiff{
		"description": {Kind: p.Update, InputDiff: true},
		"tags.b":      {Kind: p.Add, InputDiff: true},
		"tags.c":      {Kind: p.Delete, InputDiff: true},
	}, driver.Diff(t, refreshed, inputs).DetailedDiff)
	assert.Equal(t, p.UpdateReplace, driver.Diff(t, refreshed, props{"name": "app/other"}).DetailedDiff["name"].Kind)

	imported := driver.Import(t, secretToken, created.ID)
	assert.False(t, driver.Diff(t, imported, changed).HasChanges)
	_, err = driver.Create(t, secretToken, inputs)
	require.ErrorContains(t, err, "ResourceExistsException")
}

func testScheduledDeletion(t *testing.T, driver *standintest.Driver) {
	created := driver.MustCreate(t, secretToken, props{"name": "app/gone", "recoveryWindowInDays": 7})
	require.NoError(t, driver.Delete(created))
	assert.Empty(t, driver.Refresh(t, created).ID)
	_, err := driver.Invoke(t, "aws:secretsmanager/getSecret:getSecret", props{"name": "app/gone"})
	require.ErrorContains(t, err, "couldn't find resource")
	_, err = driver.Create(t, secretToken, props{"name": "app/gone"})
	require.ErrorContains(t, err, "already scheduled for deletion")
	_, err = driver.Create(t, versionToken, props{"secretId": created.ID, "secretString": "v"})
	require.ErrorContains(t, err, "marked for deletion")

	forced := driver.MustCreate(t, secretToken, props{"name": "app/forced", "recoveryWindowInDays": 0})
	require.NoError(t, driver.Delete(forced))
	driver.MustCreate(t, secretToken, props{"name": "app/forced"})
}

func testVersion(t *testing.T, driver *standintest.Driver) {
	secret := driver.MustCreate(t, secretToken, props{"name": "app/version"})
	inputs := props{"secretId": secret.ID, "secretString": "one"}
	first := driver.MustCreate(t, versionToken, inputs)
	assert.Equal(t, secret.ID+"|"+standin.Text(first.State, "versionId"), first.ID)
	assert.Equal(t, property.New("one").WithSecret(true), first.State.Get("secretString"))
	assert.False(t, driver.Diff(t, driver.Refresh(t, first), inputs).HasChanges)

	inputs["secretString"] = "two"
	assert.Equal(t, p.UpdateReplace, driver.Diff(t, first, inputs).DetailedDiff["secretString"].Kind)
	second := driver.MustCreate(t, versionToken, inputs)
	require.NoError(t, driver.Delete(first))
	assert.Equal(t, "two", standin.Text(driver.Import(t, versionToken, second.ID).Inputs, "secretString"))

	binary := driver.MustCreate(t, versionToken, props{"secretId": secret.ID, "secretBinary": "AAEC"})
	assert.Equal(t, "AAEC", standin.Text(driver.Refresh(t, binary).Inputs, "secretBinary"))
	twice := driver.MustCreate(t, versionToken, props{"secretId": secret.ID, "secretBinary": "QUFFQw=="})
	assert.Equal(t, "AAEC", standin.Text(driver.Refresh(t, twice).Inputs, "secretBinary"), "encoded once, as published")
	_, err := driver.Create(t, versionToken, props{"secretId": secret.ID, "secretString": ""})
	require.ErrorContains(t, err, "You must provide either SecretString or SecretBinary")
	assert.Empty(t, driver.Import(t, versionToken, secret.ID+"|00000000-0000-0000-0000-000000000000").ID)
}

// An edit elsewhere is detected, and undone, only if versionStages are given.
func testVersionDrift(t *testing.T, driver *standintest.Driver) {
	secret := driver.MustCreate(t, secretToken, props{"name": "app/drift"})
	blind := props{"secretId": secret.ID, "secretString": "ours"}
	seeing := props{"secretId": secret.ID, "secretString": "ours", "versionStages": []string{stageCurrent}}
	ours := driver.MustCreate(t, versionToken, seeing)
	driver.MustCreate(t, versionToken, props{"secretId": secret.ID, "secretString": "theirs"})

	unaware := ours
	unaware.Inputs = unaware.Inputs.Delete("versionStages")
	assert.False(t, driver.Diff(t, driver.Refresh(t, unaware), blind).HasChanges)

	refreshed := driver.Refresh(t, ours)
	assert.Contains(t, driver.Diff(t, refreshed, seeing).DetailedDiff, "versionStages[0]")
	_, err := driver.Update(t, refreshed, seeing)
	require.NoError(t, err)
	now, err := driver.Server.Invoke(p.InvokeRequest{
		Token: "aws:secretsmanager/getSecretVersion:getSecretVersion", Args: props{"secretId": secret.ID}.Map(),
	})
	require.NoError(t, err)
	assert.Equal(t, property.New("ours").WithSecret(true), now.Return.Get("secretString"))
}

func testParameter(t *testing.T, driver *standintest.Driver) {
	inputs := props{
		"name":  "/app/db",
		"type":  "SecureString",
		"value": "one",
		"tier":  tierIntelligent,
		"tags":  props{"a": "1"},
	}
	created := driver.MustCreate(t, parameterToken, inputs)
	assert.Equal(t, "/app/db", created.ID)
	assert.Equal(t, property.New("one").WithSecret(true), created.State.Get("value"))
	assert.Equal(t, property.New(""), created.State.Get("insecureValue"))
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)

	_, err := driver.Create(t, parameterToken, inputs)
	require.ErrorContains(t, err, "ParameterAlreadyExists")
	overwriting := props{"name": "/app/db", "type": "SecureString", "value": "theirs", "overwrite": true}
	driver.MustCreate(t, parameterToken, overwriting)
	drifted := driver.Refresh(t, created)
	assert.Contains(t, driver.Diff(t, drifted, inputs).DetailedDiff, "value")

	inputs["tags"] = props{"b": "2"}
	updated, err := driver.Update(t, drifted, inputs)
	require.NoError(t, err)
	assert.Equal(t, property.New(3.0), updated.State.Get("version"))
	assert.False(t, driver.Diff(t, driver.Refresh(t, updated), inputs).HasChanges)

	require.NoError(t, driver.Delete(updated))
	assert.Empty(t, driver.Refresh(t, updated).ID)
	require.NoError(t, driver.Delete(updated), "a parameter that is gone already")
}

func testFunctions(t *testing.T, driver *standintest.Driver) {
	secret := driver.MustCreate(t, secretToken, props{"name": "app/read", "tags": props{"k": "v"}})
	found, err := driver.Server.Invoke(p.InvokeRequest{
		Token: "aws:secretsmanager/getSecret:getSecret", Args: props{"name": "app/read"}.Map(),
	})
	require.NoError(t, err)
	assert.Equal(t, secret.ID, standin.Text(found.Return, "arn"))
	assert.Equal(t, property.New(map[string]property.Value{"k": property.New("v")}), found.Return.Get("tags"))
	_, err = driver.Server.Invoke(p.InvokeRequest{
		Token: "aws:secretsmanager/getSecret:getSecret", Args: props{"name": "app/missing"}.Map(),
	})
	require.ErrorContains(t, err, "ResourceNotFoundException")

	namesake := driver.MustCreate(t, secretToken, props{"name": "app/namesake", "tags": props{"k": "v2"}})
	gone := driver.MustCreate(t, secretToken, props{"name": "app/gone-too", "tags": props{"k": "v"}})
	require.NoError(t, driver.Delete(gone))
	listed := driver.MustInvoke(t, "aws:secretsmanager/getSecrets:getSecrets", props{"filters": []props{
		{"name": "tag-key", "values": []string{"k"}}, {"name": "tag-value", "values": []string{"v"}},
	}})
	var arns []string
	for _, arn := range listed.Get("arns").AsArray().All {
		arns = append(arns, arn.AsString())
	}
	assert.ElementsMatch(t, []string{secret.ID, namesake.ID}, arns, "a value is taken for the beginning of one")

	driver.MustCreate(t, parameterToken, props{"name": "/read", "type": "String", "value": "v"})
	parameter, err := driver.Server.Invoke(p.InvokeRequest{
		Token: "aws:ssm/getParameter:getParameter", Args: props{"name": "/read"}.Map(),
	})
	require.NoError(t, err)
	assert.Equal(t, property.New("v"), parameter.Return.Get("insecureValue"))
	assert.True(t, parameter.Return.Get("value").Secret())
	_, err = driver.Invoke(t, "aws:ssm/getParameter:getParameter", props{"name": "/missing"})
	require.ErrorContains(t, err, "couldn't find resource")
}

func TestSecretCheck(t *testing.T) {
	t.Parallel()
	driver := standintest.New(t, Plugin(), props{"region": "us-west-2"})
	inputs, failures := driver.Check(t, secretToken, props{})
	assert.Empty(t, failures)
	assert.Regexp(t, `^res-[0-9a-f]{7}$`, standin.Text(inputs, "name"))

	_, failures = driver.Check(
		t,
		secretToken,
		props{"name": `"x"`, "namePrefix": "y", "recoveryWindowInDays": 3, "bad": 1},
	)
	var named []string
	for _, failure := range failures {
		named = append(named, failure.Property)
	}
	assert.ElementsMatch(t, []string{"bad", "name", "name", "recoveryWindowInDays"}, named)
}
