package inputs

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/platform"
)

func TestCompleteUpdatesKubernetesObjectsInPlace(t *testing.T) {
	t.Parallel()
	in := props{"destination": obj(props{"kubernetes": obj(props{"name": str("db")})})}
	text := Complete(platform.All, minimal(in), shop).Inputs.Get("definition").AsString()
	assert.Contains(t, text, `kubernetes:enableSecretMutable: "true"`)
	assert.Contains(t, text, `kubernetes:upsertExistingObjects: "false"`)
	in["adoptionPolicy"] = str("All")
	text = Complete(platform.All, minimal(in), shop).Inputs.Get("definition").AsString()
	assert.Contains(t, text, `kubernetes:upsertExistingObjects: "true"`)
	in["adoptionPolicy"] = unknown
	assert.True(t, Complete(platform.All, minimal(in), shop).Inputs.Get("definition").IsComputed())
	in["environmentValues"] = obj(props{"pulumiConfig": obj(props{"kubernetes:upsertExistingObjects": str("true")})})
	assert.Contains(t, Complete(platform.All, minimal(in), shop).Problems.Text(),
		`environmentValues.pulumiConfig["kubernetes:upsertExistingObjects"]: is set by the sync: remove it here`)
}

// An imported environment may forbid default providers, without which no target works.
func TestImportsDoNotForbidDefaultProviders(t *testing.T) {
	t.Parallel()
	in := props{"destination": obj(props{"kubernetes": obj(props{"name": str("db")})})}
	assert.NotContains(t, Complete(platform.All, minimal(in), shop).Inputs.Get("definition").AsString(), defaultProviders)
	in["imports"] = property.New([]property.Value{str("acme/hardened")})
	assert.Contains(t, Complete(platform.All, minimal(in), shop).Inputs.Get("definition").AsString(),
		"pulumi:disable-default-providers: []")
}
