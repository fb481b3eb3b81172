package vault

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	platform "github.com/escsync/pulumi-escsync/tests/platforms/vault"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

const v1Token = "vault:kv/secret:Secret"

// startReal runs the real Vault, and returns a stand-in that finds it as in a program: by the environment.
func startReal(t *testing.T) (*platform.Server, *standintest.Driver) {
	t.Helper()
	server, err := platform.Start(t.Context(), platform.Options{V1: []string{"legacy"}})
	require.NoError(t, err)
	standintest.Connect(t, server)
	return server, standintest.New(t, Plugin(), props{})
}

func TestSecretV2AgainstVault(t *testing.T) {
	server, driver := startReal(t)
	const getter, identity = "vault:kv/getSecretV2:getSecretV2", "vault/secret/app/db"
	where := props{"mount": "secret", "name": "app/db"}
	_, err := driver.Invoke(t, getter, where)
	require.ErrorContains(t, err, `no secret found at "secret/data/app/db"`)

	inputs := props{
		"mount": "secret", "name": "app/db", "dataJson": `{"user":"a"}`, "deleteAllVersions": false,
		"customMetadata": props{"data": props{"managed-by": "me"}},
	}
	created := driver.MustCreate(t, v2Token, inputs)
	assert.Equal(t, map[string]string{identity: `{"user":"a"}`}, standintest.Held(t, server))
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)

	found := driver.MustInvoke(t, getter, where)
	assert.Equal(t, "secret/data/app/db", standin.Text(found, "path"))
	assert.Equal(t, property.New(map[string]property.Value{"managed-by": property.New("me")}), found.Get("customMetadata"))
	assert.Empty(t, standin.Text(found, "deletionTime"))
	assert.Equal(t, property.New(false), found.Get("destroyed"))
	assert.Equal(t, property.New(1.0), found.Get("version"))
	assert.True(t, found.Get("dataJson").Secret())

	// An import returns everything that Vault stores. It does not store deleteAllVersions.
	diff := driver.Diff(t, driver.Import(t, v2Token, created.ID), inputs)
	assert.Equal(t, map[string]p.PropertyDiff{"deleteAllVersions": {Kind: p.Add, InputDiff: true}}, diff.DetailedDiff)

	require.NoError(t, server.Put(t.Context(), identity, `{"user":"edited"}`))
	drifted := driver.Refresh(t, created)
	assert.Contains(t, driver.Diff(t, drifted, inputs).DetailedDiff, "dataJson")
	updated, err := driver.Update(t, drifted, inputs)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{identity: `{"user":"a"}`}, standintest.Held(t, server))

	// Without deleteAllVersions the path stays, with a deleted version. A later create adds the next one.
	require.NoError(t, driver.Delete(updated))
	assert.Empty(t, standintest.Held(t, server))
	assert.NotEmpty(t, standin.Text(driver.MustInvoke(t, getter, where), "deletionTime"))
	inputs["deleteAllVersions"] = true
	again := driver.MustCreate(t, v2Token, inputs)
	assert.Equal(t, property.New(4.0), driver.MustInvoke(t, getter, where).Get("version"))
	require.NoError(t, driver.Delete(again))
	assert.Empty(t, driver.Refresh(t, again).ID)
}

func TestSecretV1AgainstVault(t *testing.T) {
	server, driver := startReal(t)
	const getter, identity = "vault:kv/getSecret:getSecret", "vault/legacy/app"
	_, err := driver.Invoke(t, getter, props{"path": "legacy/app"})
	require.ErrorContains(t, err, `no secret found at "legacy/app"`)

	inputs := props{"path": "legacy/app", "dataJson": `{"user":"a"}`}
	created := driver.MustCreate(t, v1Token, inputs)
	assert.Equal(t, map[string]string{identity: `{"user":"a"}`}, standintest.Held(t, server))
	assert.Equal(t, "legacy/app", standin.Text(driver.MustInvoke(t, getter, props{"path": "legacy/app"}), "path"))
	assert.Empty(t, driver.Diff(t, driver.Import(t, v1Token, "legacy/app"), inputs).DetailedDiff)

	require.NoError(t, server.Put(t.Context(), identity, `{"user":"edited"}`))
	drifted := driver.Refresh(t, created)
	assert.Contains(t, driver.Diff(t, drifted, inputs).DetailedDiff, "dataJson")
	updated, err := driver.Update(t, drifted, inputs)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{identity: `{"user":"a"}`}, standintest.Held(t, server))
	require.NoError(t, driver.Delete(updated))
	assert.Empty(t, standintest.Held(t, server))
	assert.Empty(t, driver.Refresh(t, updated).ID)
}
