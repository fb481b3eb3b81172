package kubernetes

import (
	"encoding/base64"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// The provider's own option decides whether it adopts existing objects.
func TestKubernetesAdoptsAsItsProviderIsConfigured(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "KubernetesTarget", Inputs: map[string]property.Value{
		"destination": props(t, object{"name": "app"}), "value": nested(t), "adoptionPolicy": property.New("All"),
	}})
	require.ErrorContains(t, run.Err, "Set it to true for All")
	assert.Empty(t, run.Children)
	run = construct(t, targettest.Case{Type: "KubernetesTarget", Inputs: map[string]property.Value{
		"destination": props(t, object{"name": "app"}), "value": nested(t), "adoptionPolicy": property.New("All"),
	}, Providers: map[tokens.Package]p.ProviderReference{"kubernetes": {
		Urn: "urn:pulumi:dev::shop::pulumi:providers:kubernetes::own", ID: "own",
	}}})
	require.NoError(t, run.Err)
}

func TestKubernetesObject(t *testing.T) {
	t.Parallel()
	encoded := func(text string) property.Value {
		return property.New(base64.StdEncoding.EncodeToString([]byte(text)))
	}
	run := construct(t, targettest.Case{Type: "KubernetesTarget", Inputs: map[string]property.Value{
		"destination": props(t, object{
			"name": "app", "namespace": "shop", "labels": object{"team": "core"},
			"keys": object{"rename": object{"db.user": "DB_USER"}},
		}),
		"value": nested(t),
	}})
	require.NoError(t, run.Err)
	secret := run.Child(t, "kubernetes:core/v1:Secret", "db.user")
	assert.True(t, secret.Input("data").Secret())
	assert.Equal(t, property.New(map[string]property.Value{
		"DB_USER": encoded("u"), "hot-key": encoded("p"),
	}).WithSecret(true),
		secret.Input("data"))
	assert.Equal(t, "Opaque", secret.Input("type").AsString())
	assert.Equal(t, "shop", at(t, secret.Inputs, "metadata.namespace").AsString())
	assert.Equal(t, "core", at(t, secret.Inputs, "metadata.labels.team").AsString())
	assert.Equal(t, "shop/dev/sync", at(t, secret.Inputs, `metadata.annotations["escsync/sync-id"]`).AsString())
	assert.Equal(t, "true", at(t, secret.Inputs, `metadata.annotations["pulumi.com/patchForce"]`).AsString(),
		"an edit made in the cluster would be a conflict")
	assert.Equal(t, "escsync", at(t, secret.Inputs, `metadata.annotations["pulumi.com/patchFieldManager"]`).AsString(),
		"a key that goes after the sync was made again would stay")
	assert.Equal(t, property.New(map[string]property.Value{
		"kubernetes/shop/Secret/app/DB_USER": property.New(""), "kubernetes/shop/Secret/app/hot-key": property.New(""),
	}), run.Inventory.Input("secrets"), "the deletion limit counts keys, though they are one resource")

	run = construct(t, targettest.Case{Type: "KubernetesTarget", Inputs: map[string]property.Value{
		"destination": props(t, object{"name": "app", "kind": "ConfigMap", "mapping": "json", "dataKey": "app.json"}),
		"value":       nested(t),
	}})
	require.NoError(t, run.Err)
	config := run.Child(t, "kubernetes:core/v1:ConfigMap", "")
	//nolint:testifylint // The text itself counts.
	assert.Equal(t, `{"db":{"user":"u"},"hot-key":"p"}`, at(t, config.Inputs, `data["app.json"]`).AsString())
	assert.True(t, at(t, config.Inputs, `data["app.json"]`).Secret())
}
