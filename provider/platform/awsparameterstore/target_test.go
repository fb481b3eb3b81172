package awsparameterstore

import (
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestParameterStoreImportsWhatCarriesOurMark(t *testing.T) {
	t.Parallel()
	var asked property.Map
	run := construct(t, targettest.Case{
		Type: "AwsParameterStoreTarget",
		Call: func(args integration.MockCallArgs) (property.Map, error) {
			asked = args.Args
			ours := object{"escsync:sync-id": "shop/dev/sync"}
			return outputs(object{"resourceTagMappingLists": []any{
				object{"resourceArn": "arn:aws:ssm:us-west-2:123456789012:parameter/prod/a", "tags": ours},
				object{"resourceArn": "arn:aws:ssm:us-west-2:123456789012:parameter/prod/a/other", "tags": ours},
			}}), nil
		},
		Inputs: map[string]property.Value{
			"destination": props(t, object{
				"path": "/prod", "tier": "Standard", "type": "String", "tags": object{"team": "core"},
			}),
			"value": props(t, object{"a": "x", "b": "y"}),
		},
	})
	require.NoError(t, run.Err)
	assert.Equal(t, props(t, []any{object{"key": "escsync:sync-id", "values": []any{"shop/dev/sync"}}}),
		asked.Get("tagFilters"))
	const typ = "aws:ssm/parameter:Parameter"
	ours := run.Child(t, typ, "sync/a")
	assert.Equal(t, "/prod/a", ours.RegisterRPC.GetImportId())
	assert.Empty(t, run.Child(t, typ, "sync/b").RegisterRPC.GetImportId())
	assert.Equal(t, "Standard", ours.Input("tier").AsString())
	assert.Equal(t, []string{"tier"}, ours.RegisterRPC.GetIgnoreChanges(), "AWS lowers none")
	assert.Equal(t, "String", ours.Input("type").AsString())
	assert.Equal(t, props(t, object{
		"awsParameterStore//prod/a": "type String", "awsParameterStore//prod/b": "type String",
	}), run.Inventory.Input("secrets"), "AWS cannot make it a SecureString")
	assert.True(t, ours.Input("overwrite").IsNull(), "AWS refuses what exists and is not ours")

	run = construct(t, targettest.Case{
		Type: "AwsParameterStoreTarget", Call: targettest.NoCall(t), Inputs: map[string]property.Value{
			"destination": props(t, object{"path": "/prod"}), "value": props(t, object{"a": "x"}),
			"adoptionPolicy": property.New("All"),
		}})
	require.NoError(t, run.Err)
	assert.True(t, run.Child(t, typ, "sync/a").Input("overwrite").AsBool())
	assert.Equal(t, "SecureString", run.Child(t, typ, "sync/a").Input("type").AsString())
	assert.Equal(t, "Intelligent-Tiering", run.Child(t, typ, "sync/a").Input("tier").AsString())
	assert.Empty(t, run.Child(t, typ, "sync/a").RegisterRPC.GetIgnoreChanges())
	assert.Equal(t, props(t, object{"awsParameterStore//prod/a": ""}), run.Inventory.Input("secrets"))
}
