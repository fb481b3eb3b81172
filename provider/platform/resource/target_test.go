package resource

import (
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// variable is a destination with one resource for each secret.
func variable(more object) object {
	destination := object{
		"type": "gitlab:index/projectVariable:ProjectVariable", "version": "8.11.0",
		"properties": object{"project": "acme/shop", "key": "{name}", "value": "{value}", "masked": true},
	}
	maps.Copy(destination, more)
	return destination
}

func TestOneResourceForEachSecret(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "ResourceTarget", Providers: gitlab, Inputs: map[string]property.Value{
		"destination": props(t, variable(object{
			"pluginDownloadURL": "https://example.com/plugins", "place": "gitlab.com/acme/shop",
			"replaceOnChanges": []any{"project"}, "ignoreChanges": []any{"description"},
			"additionalSecretOutputs": []any{"plain"},
		})),
		"value": props(t, object{"db": object{"password": "pw"}, "n": 1}),
	}})
	require.NoError(t, run.Err)
	assert.Equal(t, []string{
		"gitlab:index/projectVariable:ProjectVariable sync/db_password",
		"gitlab:index/projectVariable:ProjectVariable sync/n",
	}, run.Listed())
	child := run.Child(t, "gitlab:index/projectVariable:ProjectVariable", "db.password")
	assert.Equal(t, property.NewMap(map[string]property.Value{
		"project": property.New("acme/shop"), "key": property.New("db_password"), "masked": property.New(true),
		"value": property.New("pw").WithSecret(true),
	}), child.Inputs)
	rpc := child.RegisterRPC
	assert.Equal(t, "8.11.0", rpc.GetVersion())
	assert.Equal(t, "https://example.com/plugins", rpc.GetPluginDownloadURL())
	assert.Equal(t, []string{"project"}, rpc.GetReplaceOnChanges())
	assert.Equal(t, []string{"description"}, rpc.GetIgnoreChanges())
	assert.Equal(t, []string{"value", "plain"}, rpc.GetAdditionalSecretOutputs())
	assert.True(t, rpc.GetDeleteBeforeReplace())
	assert.Equal(t, property.New("gitlab at gitlab.com/acme/shop"), run.Inventory.Input("account"))
	const fixed = "type gitlab:index/projectVariable:ProjectVariable, project of fingerprint 4092691f"
	assert.Equal(t, outputs(object{
		"resource/db_password": fixed, "resource/n": fixed,
	}), run.Inventory.Input("secrets").AsMap())
	assert.Equal(t, property.New(fixed), run.Inventory.Input("type"))
}

// Numbers and booleans keep their types. A list becomes JSON, as keys.nested requires.
func TestTypesOfValues(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "ResourceTarget", Providers: gitlab, Inputs: map[string]property.Value{
		"destination": props(t, variable(object{"properties": object{
			"name": "{name}", "value": "{value}", "text": "{value:text}", "json": `{"v":{value:json}}`,
		}})),
		"value": props(t, object{"bool": true, "list": []any{"x", 1}, "number": 5432, "text": "x"}),
	}})
	require.NoError(t, run.Err)
	for key, want := range map[string]struct{ value, text, json any }{
		"bool": {true, "true", `{"v":true}`}, "number": {5432, "5432", `{"v":5432}`}, "text": {"x", "x", `{"v":"x"}`},
		"list": {`["x",1]`, `["x",1]`, `{"v":["x",1]}`},
	} {
		child := run.Child(t, "gitlab:index/projectVariable:ProjectVariable", key)
		assert.Equal(t, props(t, want.value).WithSecret(true), child.Input("value"), key)
		assert.Equal(t, props(t, want.text).WithSecret(true), child.Input("text"), key)
		assert.Equal(t, props(t, want.json).WithSecret(true), child.Input("json"), key)
	}
}

// Secret outputs are named as they are after the secret's name is filled in.
func TestSecretOutputs(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "ResourceTarget", Providers: gitlab, Inputs: map[string]property.Value{
		"destination": props(t, variable(object{"properties": object{
			"{name}": "{value}", "list": []any{object{"{key}": "{value:json}"}}, "key": "{name}",
		}})),
		"value": props(t, object{"a": "pw"}),
	}})
	require.NoError(t, run.Err)
	child := run.Child(t, "gitlab:index/projectVariable:ProjectVariable", "a")
	assert.Equal(t, []string{"a", "list"}, child.RegisterRPC.GetAdditionalSecretOutputs())
}

// On a platform that stores bytes as base64, texts and bytes arrive in the same form. maxBytes counts the bytes
// before encoding.
func TestBase64(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "ResourceTarget", Providers: gitlab, Inputs: map[string]property.Value{
		"destination": props(t, variable(object{
			"properties": object{"key": "{name}", "data": "{value:base64}"},
			"keys":       object{"binary": []any{"*.jks"}}, "maxBytes": 4,
		})),
		"value": props(t, object{"a.jks": "/u3+\n7Q==\n", "text": "/u3+"}),
	}})
	require.NoError(t, run.Err)
	for key, want := range map[string]string{`["a.jks"]`: "/u3+7Q==", "text": "L3UzKw=="} {
		child := run.Child(t, "gitlab:index/projectVariable:ProjectVariable", key)
		assert.Equal(t, property.New(want).WithSecret(true), child.Input("data"), key)
	}
}
