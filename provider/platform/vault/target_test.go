package vault

import (
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestVaultForms(t *testing.T) {
	t.Parallel()
	construct := func(destination object, value property.Value) targettest.Run {
		return construct(t, targettest.Case{Type: "VaultTarget", Inputs: map[string]property.Value{
			"destination": props(t, destination), "value": value, "deletionPolicy": property.New("Delete"),
		}})
	}
	fields := construct(object{"name": "app", "metadata": object{"team": "core"}, "maxVersions": 3,
		"deleteAllVersions": true}, nested(t))
	require.NoError(t, fields.Err)
	secret := fields.Child(t, "vault:kv/secretV2:SecretV2", "")
	assert.Equal(t, property.New(`{"db":{"user":"u"},"hot-key":"p"}`).WithSecret(true), secret.Input("dataJson"))
	assert.Equal(t, "secret", secret.Input("mount").AsString())
	assert.Equal(t, props(t, object{"maxVersions": 3, "data": object{"team": "core", "escsync:sync-id": "shop/dev/sync"}}),
		secret.Input("customMetadata"))
	assert.True(t, secret.Input("deleteAllVersions").AsBool())
	assert.Equal(t, pluginVersion, secret.RegisterRPC.GetVersion())

	single := construct(object{"name": "app", "field": "token"}, property.New(`a"b`))
	assert.Equal(t, property.New(`{"token":"a\"b"}`).WithSecret(true),
		single.Child(t, "vault:kv/secretV2:SecretV2", "").Input("dataJson"))

	old := construct(object{"name": "app", "kvVersion": 1, "mount": "/kv/"}, nested(t))
	require.NoError(t, old.Err)
	assert.Equal(t, "kv/app", old.Child(t, "vault:kv/secret:Secret", "").Input("path").AsString())
}

// A path whose latest version was deleted has earlier versions, which may have another owner.
func TestVaultPathDeletedByAnotherOwner(t *testing.T) {
	t.Parallel()
	for owner, found := range map[string]int{"other": 1, "shop/dev/sync": 0} {
		run := construct(t, targettest.Case{
			Type: "VaultTarget",
			Call: func(integration.MockCallArgs) (property.Map, error) {
				return outputs(object{
					"path": "secret/data/app", "deletionTime": "2026-01-01T00:00:00Z",
					"customMetadata": object{"escsync:sync-id": owner},
				}), nil
			},
			Inputs: map[string]property.Value{"destination": props(t, object{"name": "app"}), "value": nested(t)},
		})
		require.NoError(t, run.Err)
		assert.Equal(t, found, run.Inventory.Input("found").AsMap().Len(), owner)
	}
}
