package gcp

import (
	"os"
	"path/filepath"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	platform "github.com/escsync/pulumi-escsync/tests/platforms/gcpsecretmanager"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

const (
	globalToken = "gcp:secretmanager/secret:Secret"
	getter      = "gcp:secretmanager/getSecret:getSecret"
	lister      = "gcp:secretmanager/getSecrets:getSecrets"
)

// startPlatform runs the server for end-to-end tests, and returns a stand-in that finds it as in a program: by the
// environment.
func startPlatform(t *testing.T) (*platform.Server, *standintest.Driver) {
	t.Helper()
	server, err := platform.Start(t.Context(), platform.Options{})
	require.NoError(t, err)
	standintest.Connect(t, server)
	return server, standintest.New(t, Plugin(), props{})
}

func TestSecretAgainstThePlatform(t *testing.T) {
	server, driver := startPlatform(t)
	id := "projects/" + server.Project() + "/secrets/db"
	_, err := driver.Invoke(t, getter, props{"secretId": "db"})
	require.ErrorContains(t, err, id+" not found")

	inputs := props{
		"secretId": "db", "replication": props{"auto": props{}}, "labels": props{"a": "b"},
		"annotations": props{"mark": "me"},
	}
	created := driver.MustCreate(t, globalToken, inputs)
	assert.Equal(t, id, created.ID)
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
	assert.Empty(t, driver.Diff(t, driver.Import(t, globalToken, id), inputs).DetailedDiff)
	_, err = driver.Create(t, globalToken, inputs)
	require.ErrorContains(t, err, "already exists")

	found := driver.MustInvoke(t, getter, props{"secretId": "db"})
	assert.Equal(t, id, standin.Text(found, "id"))
	assert.Equal(t, property.New(map[string]property.Value{"mark": property.New("me")}), found.Get("annotations"))

	inputs["annotations"] = props{"mark": "you"}
	assert.Equal(t, map[string]p.PropertyDiff{"annotations.mark": {Kind: p.Update, InputDiff: true}},
		driver.Diff(t, created, inputs).DetailedDiff)
	updated, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	assert.False(t, driver.Diff(t, driver.Refresh(t, updated), inputs).HasChanges)
	require.NoError(t, driver.Delete(updated))
	require.NoError(t, driver.Delete(updated), "a secret that is gone already")
	assert.Empty(t, driver.Refresh(t, updated).ID)
}

func TestVersionAgainstThePlatform(t *testing.T) {
	server, driver := startPlatform(t)
	identity := platform.Name + "/" + server.Project() + "/db"
	secret := driver.MustCreate(t, globalToken, props{"secretId": "db", "replication": props{"auto": props{}}})
	inputs := props{"secret": secret.ID, "secretData": "one"}
	first := driver.MustCreate(t, versionToken, inputs)
	assert.Equal(t, "one", standintest.Held(t, server)[identity])
	assert.False(t, driver.Diff(t, driver.Refresh(t, first), inputs).HasChanges)
	imported := driver.Import(t, versionToken, secret.ID+"/versions/1")
	assert.Empty(t, driver.Diff(t, imported, inputs).DetailedDiff)

	// The new version is created before the old one is destroyed.
	inputs["secretData"] = "two"
	diff := driver.Diff(t, first, inputs)
	assert.Equal(t, p.UpdateReplace, diff.DetailedDiff["secretData"].Kind)
	assert.False(t, diff.DeleteBeforeReplace)
	second := driver.MustCreate(t, versionToken, inputs)
	require.NoError(t, driver.Delete(first))
	assert.Equal(t, "two", standintest.Held(t, server)[identity])
	assert.Empty(t, driver.Refresh(t, first).ID, "a destroyed version is gone")

	// A version added elsewhere is not detected, but a deleted secret is.
	require.NoError(t, server.Put(t.Context(), identity, "edited"))
	assert.False(t, driver.Diff(t, driver.Refresh(t, second), inputs).HasChanges)
	require.NoError(t, server.Delete(t.Context(), identity))
	assert.Empty(t, driver.Refresh(t, second).ID)
	require.NoError(t, driver.Delete(second), "a version that is gone already")
}

func TestImportOfReplicationAgainstThePlatform(t *testing.T) {
	_, driver := startPlatform(t)
	for name, replication := range map[string]props{
		"auto": {
			"auto": props{
				"customerManagedEncryption": props{"kmsKeyName": "projects/p/locations/global/keyRings/r/cryptoKeys/k"},
			},
		},
		"regions": {"userManaged": props{"replicas": []props{{"location": "europe-west1"}, {"location": "us-east1"}}}},
	} {
		inputs := props{"secretId": name, "replication": replication}
		created := driver.MustCreate(t, globalToken, inputs)
		assert.Empty(t, driver.Diff(t, driver.Import(t, globalToken, created.ID), inputs).DetailedDiff, name)
		found := driver.MustInvoke(t, getter, props{"secretId": name})
		assert.Equal(t, 1, found.Get("replications").AsArray().Len(), name)
		listed := driver.MustInvoke(t, lister, props{"filter": `name:"` + name + `"`})
		require.Equal(t, 1, listed.Get("secrets").AsArray().Len(), name)
		assert.Equal(t, name, standin.Text(listed.Get("secrets").AsArray().Get(0).AsMap(), "secretId"))
	}
}

// The provider enables every version that it adds, so the permission to add one is not enough.
func TestVersionsAreEnabled(t *testing.T) {
	server, driver := startPlatform(t)
	secret := driver.MustCreate(t, globalToken, props{"secretId": "db", "replication": props{"auto": props{}}})
	inputs := props{"secret": secret.ID, "secretData": "one"}
	server.Deny("secretmanager.versions.enable")
	_, err := driver.Create(t, versionToken, inputs)
	require.ErrorContains(t, err, "Permission 'secretmanager.versions.enable' denied")
}

func TestTheDocumentedRoleSuffices(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "examples", "policies", "gcp-role.yaml"))
	require.NoError(t, err)
	var role struct {
		IncludedPermissions []string `yaml:"includedPermissions"`
	}
	require.NoError(t, yaml.Unmarshal(text, &role))
	server, driver := startPlatform(t)
	server.DenyAllBut(role.IncludedPermissions...)

	inputs := props{"secretId": "db", "replication": props{"auto": props{}}, "annotations": props{"mark": "me"}}
	secret := driver.MustCreate(t, globalToken, inputs)
	driver.MustInvoke(t, getter, props{"secretId": "db"})
	driver.MustInvoke(t, lister, props{})
	inputs["annotations"] = props{"mark": "you"}
	updated, err := driver.Update(t, driver.Refresh(t, secret), inputs)
	require.NoError(t, err)
	version := driver.MustCreate(t, versionToken, props{"secret": secret.ID, "secretData": "one"})
	version = driver.Refresh(t, version)
	driver.MustCreate(t, versionToken, props{"secret": secret.ID, "secretData": "two"})
	require.NoError(t, driver.Delete(version))
	require.NoError(t, driver.Delete(updated))
}
