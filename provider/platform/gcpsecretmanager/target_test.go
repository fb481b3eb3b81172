package gcpsecretmanager

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestGcpReplication(t *testing.T) {
	t.Parallel()
	const typ = "gcp:secretmanager/secret:Secret"
	construct := func(destination object) targettest.Run {
		destination["name"] = "app"
		return construct(t, targettest.Case{Type: "GcpSecretManagerTarget", Inputs: map[string]property.Value{
			"destination": props(t, destination), "value": property.New("x"),
		}})
	}
	automatic := construct(object{})
	require.NoError(t, automatic.Err)
	assert.Equal(t, props(t, object{"auto": object{}}), automatic.Child(t, typ, "").Input("replication"))

	const gcpKey = "projects/p/locations/global/keyRings/r/cryptoKeys/k"
	encrypted := construct(object{"kmsKeyName": gcpKey})
	assert.Equal(t, props(t, object{"auto": object{"customerManagedEncryption": object{"kmsKeyName": gcpKey}}}),
		encrypted.Child(t, typ, "").Input("replication"))

	regional := construct(object{
		"regions": []any{"us-west1", "us-east1"}, "project": "shop-prod", "labels": object{"team": "core"},
	})
	secret := regional.Child(t, typ, "")
	assert.Equal(t, props(t, object{"userManaged": object{"replicas": []any{
		object{"location": "us-east1"}, object{"location": "us-west1"}}}}),
		secret.Input("replication"))
	assert.Equal(t, "shop-prod", secret.Input("project").AsString())
	assert.Equal(t, outputs(object{"gcpSecretManager/shop-prod/app": "replication in us-east1, us-west1"}),
		regional.Inventory.Input("secrets").AsMap())
}
