package kubernetes

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	platform "github.com/escsync/pulumi-escsync/tests/platforms/kubernetes"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

// The stand-in finds the server as in a program: by KUBECONFIG.
func TestAgainstTheAPIServer(t *testing.T) {
	server, err := platform.Start(t.Context(), platform.Options{})
	require.NoError(t, err)
	standintest.Connect(t, server)
	t.Run("secret", func(t *testing.T) { testSecret(t, server) })
	t.Run("config map", func(t *testing.T) { testConfigMap(t, server) })
	t.Run("upsert", func(t *testing.T) { testUpsert(t, server) })
}

func testSecret(t *testing.T, server *platform.Server) {
	driver := standintest.New(t, Plugin(), props{})
	const identity = "kubernetes/default/Secret/db/password"
	inputs := props{
		"metadata": props{"name": "db", "namespace": "default", "annotations": props{"escsync.dev/sync": "me"}},
		"data":     props{"password": "czNjcjN0"}, "type": "Opaque",
	}
	created := driver.MustCreate(t, secretToken, inputs)
	assert.Equal(t, "default/db", created.ID)
	assert.Equal(t, "s3cr3t", standintest.Held(t, server)[identity])
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
	assert.Empty(t, driver.Diff(t, driver.Import(t, secretToken, created.ID), inputs).DetailedDiff)
	_, err := driver.Create(t, secretToken, inputs)
	require.ErrorContains(t, err, "already exists")

	require.NoError(t, server.Put(t.Context(), "kubernetes/default/Secret/db/theirs", "kept"))
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges, "a key of somebody else's")
	require.NoError(t, server.Put(t.Context(), identity, "edited"))
	drifted := driver.Refresh(t, created)
	diff := driver.Diff(t, drifted, inputs)
	replaced := map[string]p.PropertyDiff{"data.password": {Kind: p.UpdateReplace, InputDiff: true}}
	assert.Equal(t, replaced, diff.DetailedDiff)
	assert.True(t, diff.DeleteBeforeReplace, "a given name is taken until the old object is gone")
	require.NoError(t, driver.Delete(drifted))
	assert.NotContains(t, standintest.Held(t, server), identity)
	again := driver.MustCreate(t, secretToken, inputs)
	assert.Equal(t, "s3cr3t", standintest.Held(t, server)[identity])

	inputs["metadata"] = props{
		"name": "db", "namespace": "default", "annotations": props{"escsync.dev/sync": "me"}, "labels": props{"app": "x"},
	}
	updated, err := driver.Update(t, again, inputs)
	require.NoError(t, err)
	assert.False(t, driver.Diff(t, driver.Refresh(t, updated), inputs).HasChanges)
	require.NoError(t, driver.Delete(updated))
	require.NoError(t, driver.Delete(updated), "an object that is gone already")
	assert.Empty(t, driver.Refresh(t, updated).ID)
}

func testConfigMap(t *testing.T, server *platform.Server) {
	driver := standintest.New(t, Plugin(), props{"enableConfigMapMutable": true})
	const token, identity = "kubernetes:core/v1:ConfigMap", "kubernetes/default/ConfigMap/settings/color"
	inputs := props{"metadata": props{"name": "settings", "namespace": "default"}, "data": props{"color": "red"}}
	created := driver.MustCreate(t, token, inputs)
	assert.Equal(t, "red", standintest.Held(t, server)[identity])
	assert.Empty(t, driver.Diff(t, driver.Import(t, token, created.ID), inputs).DetailedDiff)
	inputs["data"] = props{"color": "blue"}
	assert.Equal(t, p.Update, driver.Diff(t, created, inputs).DetailedDiff["data.color"].Kind)
	updated, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	assert.Equal(t, "blue", standintest.Held(t, server)[identity])
	require.NoError(t, driver.Delete(updated))
	assert.Empty(t, driver.Refresh(t, updated).ID)
}

func testUpsert(t *testing.T, server *platform.Server) {
	driver := standintest.New(t, Plugin(), props{"upsertExistingObjects": "true"})
	inputs := props{"metadata": props{"name": "mine", "namespace": "default"}, "data": props{"k": "djI="}}
	driver.MustCreate(t, secretToken, inputs)
	created, err := driver.Create(t, secretToken, inputs)
	require.NoError(t, err)
	assert.Equal(t, "v2", standintest.Held(t, server)["kubernetes/default/Secret/mine/k"])
	require.NoError(t, driver.Delete(created))
}
