package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run"
)

// A preview treats two spellings of a name as one if the platform does: on GitHub because the name is in capitals,
// elsewhere because SyncRun has caseInsensitive set.
func TestPlannedNamesAreSpelledAsThePlatformHasThem(t *testing.T) {
	t.Parallel()
	vault := props{"vaultName": str("kv-shop"), "resourceGroupName": str("shop")}
	for name, test := range map[string]struct {
		settings         props
		one, insensitive bool
	}{
		"awsSecretsManager": {props{"region": str("eu-central-1"), "path": str("p")}, false, false},
		"azureKeyVault":     {vault, false, true},
		"githubSecrets":     {props{"repository": str("Shop")}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pushed := func(key string) property.Map {
				r := construct(t, escSync(props{
					"value": obj(props{key: str("x")}), "destination": obj(props{name: obj(test.settings)}),
				}))
				require.NoError(t, r.err)
				return r.child(t, run.SyncRunToken).Inputs
			}
			one, other := pushed("Key"), pushed("key")
			for secret, digest := range one.Get("secrets").AsMap().All {
				of, same := other.Get("secrets").AsMap().GetOk(secret)
				assert.Equal(t, test.one, same, secret)
				if same {
					assert.Equal(t, digest, of, "the key that it comes from changes nothing")
				}
			}
			assert.Equal(t, test.insensitive, !one.Get("caseInsensitive").IsNull())
		})
	}
}
