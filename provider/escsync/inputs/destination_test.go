package inputs

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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

// An imported environment may forbid default providers, but every target needs them.
func TestImportsDoNotForbidDefaultProviders(t *testing.T) {
	t.Parallel()
	in := props{"destination": obj(props{"kubernetes": obj(props{"name": str("db")})})}
	assert.NotContains(t, Complete(platform.All, minimal(in), shop).Inputs.Get("definition").AsString(), defaultProviders)
	in["imports"] = property.New([]property.Value{str("acme/hardened")})
	assert.Contains(t, Complete(platform.All, minimal(in), shop).Inputs.Get("definition").AsString(),
		"pulumi:disable-default-providers: []")
}

func TestCompleteDescribesTheTarget(t *testing.T) {
	t.Parallel()
	completed := Complete(platform.All, minimal(props{
		"deletionPolicy": str("Delete"), "retainKeys": property.New([]property.Value{str("db.*")}),
		"adoptionPolicy": str("All"),
		"maxDeletions":   str("10%"),
		"destination": obj(props{"awsSecretsManager": obj(props{
			"name": str("prod/db"), "region": str("eu-west-1"), "tags": obj(props{"team": str("a$b")}),
		}).WithSecret(true)}),
	}), shop)
	require.Empty(t, completed.Problems)
	text := completed.Inputs.Get("definition").AsString()
	for _, want := range []string{
		"deletionPolicy: Delete", "- db.*", "adoptionPolicy: All", "maxDeletions: 10%", "syncId: acme/shop/dev/db",
		"platform: awsSecretsManager", "secretSettings:\n", "- region\n", "- tags\n",
		"aws:region:\n", // secret, as the whole destination was
	} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "name: prod/db")
	assert.NotContains(t, text, "formerSyncIds")
}

func TestCompleteGivesTheTargetItsFormerIDs(t *testing.T) {
	t.Parallel()
	renamed := shop
	renamed.Former = []string{"acme/shop/dev/old"}
	completed := Complete(platform.All, minimal(nil), renamed)
	require.Empty(t, completed.Problems)
	assert.Regexp(t, `formerSyncIds:\s+- acme/shop/dev/old\n`, completed.Inputs.Get("definition").AsString())
}
