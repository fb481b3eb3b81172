package azurenative

import (
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/keyvault/v2"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms/azurekeyvault"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

type props = standintest.Props

const (
	secretToken = "azure-native:keyvault:Secret"
	identity    = azurekeyvault.Name + "/escsync-test/db-password"
	secretID    = "/subscriptions/" + azurekeyvault.Subscription +
		"/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/escsync-test/secrets/db-password"
)

const (
	group  = "rg"
	vault  = "escsync-test"
	getter = "azure-native:keyvault:getSecret"
)

// start runs the server for end-to-end tests, and returns a stand-in that finds it as in a program: by the environment.
func start(t *testing.T) (*azurekeyvault.Server, *standintest.Driver) {
	t.Helper()
	server, err := azurekeyvault.Start(t.Context(), azurekeyvault.Options{})
	require.NoError(t, err)
	standintest.Connect(t, server)
	return server, standintest.New(t, Plugin(), props{})
}

func TestSecretLifecycle(t *testing.T) {
	server, driver := start(t)
	where := props{"resourceGroupName": group, "vaultName": vault, "secretName": "db-password"}
	_, err := driver.Invoke(t, getter, where)
	require.ErrorContains(t, err, "SecretNotFound")
	require.ErrorContains(t, err, "404 Not Found")

	inputs := props{
		"resourceGroupName": group, "vaultName": vault, "secretName": "db-password", "tags": props{"a": "b"},
		"properties": props{
			"value": standintest.Secret("päss"), "contentType": "text/plain", "attributes": props{"expires": 5},
		},
	}
	created := driver.MustCreate(t, secretToken, inputs)
	assert.Equal(t, secretID, created.ID)
	assert.Equal(t, map[string]string{identity: "päss"}, standintest.Held(t, server))
	assert.True(t, created.State.Get("properties").Secret())
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
	_, err = driver.Create(t, secretToken, inputs)
	require.ErrorContains(t, err, "already existing resource")

	found := driver.MustInvoke(t, getter, where)
	assert.Equal(t, secretID, standin.Text(found, "id"))
	assert.Equal(t, property.New(map[string]property.Value{"a": property.New("b")}), found.Get("tags"))
	assert.Equal(t, property.New(5.0), found.Get("properties").AsMap().Get("attributes").AsMap().Get("expires"))

	inputs["properties"] = props{"value": standintest.Secret("new"), "contentType": "text/plain"}
	assert.Equal(t, p.Update, driver.Diff(t, created, inputs).DetailedDiff["properties.value"].Kind)
	updated, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{identity: "new"}, standintest.Held(t, server))

	require.NoError(t, driver.Delete(updated))
	assert.Empty(t, standintest.Held(t, server))
	assert.Empty(t, driver.Refresh(t, updated).ID)
	require.NoError(t, driver.Delete(updated), "a secret that is gone already")
	_, err = driver.Create(t, secretToken, inputs)
	require.ErrorContains(t, err, "ObjectIsDeletedButRecoverable", "the name is taken until the secret is purged")
}

func TestDriftAndImport(t *testing.T) {
	server, driver := start(t)
	inputs := props{
		"resourceGroupName": group, "vaultName": vault, "secretName": "db-password",
		"properties": props{"value": "ours"},
	}
	created := driver.MustCreate(t, secretToken, inputs)
	require.NoError(t, server.Put(t.Context(), identity, "theirs"))
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges, "nobody tells the value")

	inputs["tags"] = props{"a": "b"}
	inputs["properties"] = props{"value": "ours", "contentType": "text/plain"}
	updated, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	assert.Equal(t, map[string]p.PropertyDiff{"properties.value": {Kind: p.Add, InputDiff: true}},
		driver.Diff(t, driver.Import(t, secretToken, secretID), inputs).DetailedDiff)
	require.NoError(t, server.Put(t.Context(), identity, "theirs"), "which drops tags and content type")
	assert.Equal(t, map[string]p.PropertyDiff{
		"tags": {Kind: p.Add, InputDiff: true}, "properties.contentType": {Kind: p.Add, InputDiff: true},
	}, driver.Diff(t, driver.Refresh(t, updated), inputs).DetailedDiff)
	require.NoError(t, server.Delete(t.Context(), identity))
	assert.Empty(t, driver.Refresh(t, updated).ID)
}

func TestCheckRefusesUnderscores(t *testing.T) {
	_, driver := start(t)
	_, failures := driver.Check(t, secretToken, props{
		"resourceGroupName": "rg", "vaultName": "v", "secretName": "A_B", "properties": props{},
	})
	require.Len(t, failures, 1)
	assert.Equal(t, "secretName", failures[0].Property)
}

func TestSchema(t *testing.T) {
	t.Parallel()
	standintest.Binds(t, Plugin())
	standintest.SameInputs(t, Plugin(), secretToken, keyvault.SecretArgs{})
}
