package platform_test

import (
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// A sync that moves to a vault in another resource group looks for its old secrets where they are: Azure says that they
// do not exist in the new group, and the engine would delete one that another sync has adopted.
func TestASecretInAnotherResourceGroupIsFound(t *testing.T) {
	t.Parallel()
	push := func(group, vault string, state property.Map) targettest.Run {
		run := construct(t, targettest.Case{
			Type: "AzureKeyVaultTarget",
			Inputs: map[string]property.Value{
				"destination": props(t, object{"resourceGroupName": group, "vaultName": vault}),
				"value":       props(t, object{"user": "x"}), "deletionPolicy": property.New("Delete"),
			},
			Call: func(args integration.MockCallArgs) (property.Map, error) {
				if string(args.Token) == stateFunction {
					return state, nil
				}
				if args.Args.Get("resourceGroupName").AsString()+args.Args.Get("vaultName").AsString() != "onekv-1" {
					return property.Map{}, nil
				}
				return outputs(object{"id": "x", "tags": object{"escsync:sync-id": "shop/dev/other"}}), nil
			},
		})
		require.NoError(t, run.Err)
		return run
	}
	first := push("one", "kv-1", empty)
	moved := push("two", "kv-2", stack(platformCase{component: "AzureKeyVaultTarget"}, first))
	released := moved.Child(t, "azure-native:keyvault:Secret", "sync/kv-1/user")
	assert.True(t, released.RegisterRPC.GetRetainOnDelete())
	assert.Equal(t, []string{"*"}, released.RegisterRPC.GetIgnoreChanges())
}
