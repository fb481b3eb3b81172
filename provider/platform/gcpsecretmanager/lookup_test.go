package gcpsecretmanager

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// Listed secrets with our annotation are adopted under the ID that a single lookup returns. All others are looked up
// individually.
func TestOwnSecretsAreFoundByAList(t *testing.T) {
	t.Parallel()
	const count = 10
	var lock sync.Mutex
	var singly []string
	value := map[string]property.Value{}
	for i := range count {
		value[fmt.Sprintf("k%d", i)] = property.New("v")
	}
	run := construct(t, targettest.Case{
		Type: "GcpSecretManagerTarget",
		Inputs: map[string]property.Value{
			"destination": props(t, object{"project": "shop-prod", "keys": object{"template": "shop-{key}"}}),
			"value":       property.New(value),
		},
		Call: func(args integration.MockCallArgs) (property.Map, error) {
			lock.Lock()
			defer lock.Unlock()
			if args.Token == "gcp:secretmanager/getSecret:getSecret" {
				singly = append(singly, args.Args.Get("secretId").AsString())
				return property.Map{}, errors.New("not found")
			}
			assert.Equal(t, `name:"shop-k"`, args.Args.Get("filter").AsString())
			assert.Equal(t, "shop-prod", args.Args.Get("project").AsString())
			owner := func(i int) string {
				if i == 1 {
					return "other/dev/sync"
				}
				return "shop/dev/sync"
			}
			secrets := []any{}
			for i := range count - 1 {
				secrets = append(secrets, object{
					"project": "4711", "secretId": fmt.Sprintf("shop-k%d", i),
					"annotations": object{Platform.Ownership.Key: owner(i)},
				})
			}
			return outputs(object{"project": "shop-prod", "secrets": secrets}), nil
		},
	})
	require.NoError(t, run.Err)
	assert.ElementsMatch(t, []string{"shop-k1", "shop-k9"}, singly)
	secret := run.Child(t, "gcp:secretmanager/secret:Secret", "k0")
	assert.Equal(t, "projects/shop-prod/secrets/shop-k0", secret.RegisterRPC.GetImportId())
}

func TestCommonPrefix(t *testing.T) {
	t.Parallel()
	for want, names := range map[string][]string{
		"": {"a", "b"}, "a": {"a", "ab"}, "shop-": {"shop-x", "shop-y", "shop-"}, "one": {"one"},
	} {
		var secrets []target.Secret
		for _, name := range names {
			secrets = append(secrets, target.Secret{Name: name})
		}
		assert.Equal(t, want, commonPrefix(secrets), names)
	}
}
