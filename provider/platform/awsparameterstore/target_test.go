package awsparameterstore

import (
	"errors"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestParameterStoreSettings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		settings             object
		tier, typ, immutable string
	}{
		{object{"path": "/prod"}, "Intelligent-Tiering", "SecureString", ""},
		{object{"path": "/prod", "tier": "Standard", "type": "String"}, "Standard", "String", "type String"},
	} {
		run := construct(t, targettest.Case{Type: "AwsParameterStoreTarget", Inputs: map[string]property.Value{
			"destination": props(t, test.settings), "value": props(t, object{"a": "x"}),
		}})
		require.NoError(t, run.Err)
		parameter := run.Child(t, "aws:ssm/parameter:Parameter", "a")
		assert.Equal(t, test.tier, parameter.Input("tier").AsString())
		assert.Equal(t, test.tier == "Standard", len(parameter.RegisterRPC.GetIgnoreChanges()) > 0, "AWS cannot lower a tier")
		assert.Equal(t, test.typ, parameter.Input("type").AsString())
		assert.Equal(t, props(t, object{"awsParameterStore//prod/a": test.immutable}), run.Inventory.Input("secrets"),
			"AWS cannot make it a SecureString")
	}
}

// A parameter without tags has no known owner, so it counts as not owned.
func TestParameterStoreFindsUntaggedParameters(t *testing.T) {
	t.Parallel()
	const arn = "arn:aws:ssm:us-west-2:123456789012:parameter"
	run := construct(t, targettest.Case{
		Type: "AwsParameterStoreTarget",
		Call: func(args integration.MockCallArgs) (property.Map, error) {
			name := args.Args.Get("name")
			switch {
			case !args.Args.Get("tagFilters").IsNull():
				return outputs(object{"resourceTagMappingLists": []any{object{
					"resourceArn": arn + "/prod/ours", "tags": object{"escsync:sync-id": "shop/dev/sync"},
				}}}), nil
			case name.IsNull():
				assert.Equal(t, props(t, []any{arn + "/prod/bare", arn + "/prod/other"}), args.Args.Get("resourceArnLists"))
				return outputs(object{"resourceTagMappingLists": []any{object{
					"resourceArn": arn + "/prod/other", "tags": object{"escsync:sync-id": "shop/dev/other"},
				}}}), nil
			case name.AsString() == "/prod/free":
				return property.Map{}, errors.New("reading SSM Parameter (/prod/free): couldn't find resource")
			}
			assert.NotEqual(t, "/prod/ours", name.AsString(), "it is already known")
			assert.Equal(t, property.New(false), args.Args.Get("withDecryption"))
			theirs := property.New("hunter2").WithSecret(true)
			return outputs(object{"arn": arn + name.AsString()}).Set("value", theirs), nil
		},
		Inputs: map[string]property.Value{
			"destination": props(t, object{"path": "/prod"}),
			"value":       props(t, object{"free": "x", "bare": "y", "other": "z", "ours": "o"}),
		},
	})
	require.NoError(t, run.Err)
	assert.Equal(t, props(t, object{
		"awsParameterStore//prod/bare": "notOwned", "awsParameterStore//prod/other": "notOwned",
		"awsParameterStore//prod/ours": "owned",
	}), run.Inventory.Input("found"))
	assert.Equal(t, props(t, object{"awsParameterStore//prod/other": "shop/dev/other"}), run.Inventory.Input("owners"))
}
