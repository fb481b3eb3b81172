package awssecretsmanager

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

const (
	awsSecretType        = "aws:secretsmanager/secret:Secret"
	awsSecretVersionType = "aws:secretsmanager/secretVersion:SecretVersion"
)

func TestAwsSecretsManagerFromPayload(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "Target", Inputs: map[string]property.Value{
		"payload": payloadText(t, object{
			"seal": "1",
			"sync": object{"awsSecretsManager": object{
				"name":  "prod/db",
				"value": object{"password": "a$b\"\n<&>", "big": 12345678901234567, "nested": object{"z": 1.10, "a": true}},
			}},
			"target": object{
				"platform": "awsSecretsManager", "syncId": "shop/dev/db", "deletionPolicy": "Delete",
				"settings": object{"description": "of the shop", "tags": object{"team": "core"}},
			},
		}),
	}})
	require.NoError(t, run.Err)
	require.Len(t, run.Children, 2)

	secret := run.Child(t, awsSecretType, "")
	assert.Equal(t, property.NewMap(map[string]property.Value{
		"name":                 property.New("prod/db"),
		"description":          property.New("of the shop"),
		"recoveryWindowInDays": property.New(30.0),
		"tags": property.New(map[string]property.Value{
			"team":            property.New("core"),
			"escsync:sync-id": property.New("shop/dev/db"),
		}),
	}), secret.Inputs)
	assert.False(t, secret.RegisterRPC.GetRetainOnDelete(), "with the policy Delete, the secret is deleted with its key")
	assert.Contains(t, secret.RegisterRPC.GetParent(), "escsync:index:Target::sync")

	version := run.Child(t, awsSecretVersionType, "")
	assert.Equal(t,
		property.New(`{"big":12345678901234567,"nested":{"a":true,"z":1.1},"password":"a$b\"\n<&>"}`).WithSecret(true),
		version.Input("secretString").WithDependencies(nil))
	assert.Equal(t, "sync/prod/db-id", version.Input("secretId").AsString())
	assert.True(t, version.RegisterRPC.GetRetainOnDelete(), "an old version is never removed")

	assert.Equal(t, property.NewMap(map[string]property.Value{
		"platform": property.New("awsSecretsManager"),
		"syncId":   property.New("shop/dev/db"),
		"names":    property.New([]property.Value{property.New("prod/db")}),
		"count":    property.New(1.0),
	}), run.Response.State)
}

func TestAwsSecretsManagerPayloadInPatternForm(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "Target", Inputs: map[string]property.Value{
		"payload": payloadText(t, object{"sync": object{"awsSecretsManager": object{
			"name": "plain", "value": object{"a": "1"}, "recoveryWindowInDays": 7,
		}}}),
	}})
	require.NoError(t, run.Err)
	secret := run.Child(t, awsSecretType, "")
	assert.Equal(t, property.New(7.0), secret.Input("recoveryWindowInDays"))
	assert.Equal(t, "shop/dev/sync", secret.Input("tags").AsMap().Get("escsync:sync-id").AsString())
	assert.True(t, secret.RegisterRPC.GetRetainOnDelete(), "Retain is the default")
}

func TestAwsSecretsManagerPerKeyStandalone(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "AwsSecretsManagerTarget", Inputs: map[string]property.Value{
		"destination": props(t, object{"path": "prod", "region": "eu-west-1"}),
		"value": property.New(map[string]property.Value{
			"db": property.New(map[string]property.Value{
				"password": property.New("hunter2").WithSecret(true),
				"port":     property.New(5432.0),
			}),
			"hosts": property.New([]property.Value{property.New("a"), property.New("b")}),
		}),
	}})
	require.NoError(t, run.Err)
	assert.Equal(t, []string{
		awsSecretType + " sync/prod/db/password",
		awsSecretType + " sync/prod/db/port",
		awsSecretType + " sync/prod/hosts",
		awsSecretVersionType + " sync/prod/db/password",
		awsSecretVersionType + " sync/prod/db/port",
		awsSecretVersionType + " sync/prod/hosts",
		"pulumi:providers:aws sync/aws",
	}, run.Listed())
	assert.Equal(t, "prod/db/password", run.Child(t, awsSecretType, "db.password").Input("name").AsString())
	assert.Equal(t, property.New("hunter2").WithSecret(true),
		run.Child(t, awsSecretVersionType, "db.password").Input("secretString"))
	assert.Equal(t, property.New("5432").WithSecret(true),
		run.Child(t, awsSecretVersionType, "db.port").Input("secretString"))
	assert.Equal(t, property.New(`["a","b"]`).WithSecret(true),
		run.Child(t, awsSecretVersionType, "hosts").Input("secretString"))
	assert.Equal(t, "eu-west-1", run.Child(t, "pulumi:providers:aws", "sync/aws").Input("region").AsString())
	assert.Contains(t, run.Child(t, awsSecretType, "hosts").RegisterRPC.GetProvider(), "sync/aws-id")
}

func TestAwsSecretsManagerPreviewOfUnknowns(t *testing.T) {
	t.Parallel()
	unknown := property.New(property.Computed)
	t.Run("payload", func(t *testing.T) {
		t.Parallel()
		run := construct(t, targettest.Case{Type: "Target", Preview: true,
			Inputs: map[string]property.Value{"payload": unknown}})
		require.NoError(t, run.Err)
		assert.Empty(t, run.Children, "the keys are unknown")
		assert.True(t, run.Response.State.Get("names").IsComputed())
	})
	t.Run("leaf", func(t *testing.T) {
		t.Parallel()
		run := construct(t, targettest.Case{Type: "AwsSecretsManagerTarget", Preview: true,
			Inputs: map[string]property.Value{
				"destination": props(t, object{}),
				"value":       property.New(map[string]property.Value{"a": unknown, "b": property.New("known")}),
			}})
		require.NoError(t, run.Err)
		require.Len(t, run.Children, 4)
		assert.True(t, run.Child(t, awsSecretVersionType, "a").Input("secretString").IsComputed())
		assert.Equal(t, property.New("known").WithSecret(true),
			run.Child(t, awsSecretVersionType, "b").Input("secretString"))
	})
	t.Run("key of a setting that is passed on", func(t *testing.T) {
		t.Parallel()
		run := construct(t, targettest.Case{Type: "AwsSecretsManagerTarget", Preview: true,
			Inputs: map[string]property.Value{
				"destination": property.New(map[string]property.Value{
					"name": property.New("x"), "kmsKeyId": unknown}),
				"value": property.New("text"),
			}})
		require.NoError(t, run.Err)
		assert.True(t, run.Child(t, awsSecretType, "").Input("kmsKeyId").IsComputed())
	})
	t.Run("name", func(t *testing.T) {
		t.Parallel()
		run := construct(t, targettest.Case{Type: "AwsSecretsManagerTarget", Preview: true,
			Inputs: map[string]property.Value{
				"destination": property.New(map[string]property.Value{"name": unknown}),
				"value":       property.New("text"),
			}})
		require.NoError(t, run.Err)
		assert.Empty(t, run.Children)
	})
}

func TestAwsSecretsManagerProblems(t *testing.T) {
	t.Parallel()
	standalone := func(destination object, value any) map[string]property.Value {
		return map[string]property.Value{"destination": props(t, destination), "value": props(t, value)}
	}
	tests := []struct {
		name   string
		typ    string
		inputs map[string]property.Value
		want   []string
	}{
		{"empty payload", "Target", map[string]property.Value{"payload": property.New("")}, []string{
			"payload: is empty: the environment gave no values, so nothing was changed on the platform"}},
		{"no payload", "Target", nil, []string{
			"payload: must be a string: the payload of the environment's pulumiConfig"}},
		{"null value", "Target", map[string]property.Value{"payload": payloadText(t, object{
			"sync": object{"awsSecretsManager": object{"name": "x", "value": nil}}})}, []string{
			"payload: has no value to push: nothing was changed on the platform"}},
		{"unknown platform", "Target", map[string]property.Value{"payload": payloadText(t, object{
			"sync": object{"floppy": object{"name": "x", "value": "y"}}})}, []string{
			`payload: names the platform "floppy", which this version of the package does not support`}},
		{"everything at once", "AwsSecretsManagerTarget",
			standalone(object{
				"name": "not allowed", "recoveryWindowInDays": 3, "tag": "x", "replicas": []any{object{}},
			}, object{"a": ""}),
			[]string{
				"destination.name: is not allowed: a name has letters, digits and / _ + = . @ - only " +
					"(https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html)",
				"destination.recoveryWindowInDays: must be 7 to 30, or 0 to delete immediately and permanently " +
					"(https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html)",
				"destination.replicas[0].region: required, but not given",
				`destination.tag: there is no such setting; did you mean "tags"?`,
			}},
		{"collision", "AwsSecretsManagerTarget",
			standalone(object{"keys": object{"separator": "."}}, object{"a.b": "1", "a": object{"b": "2"}}),
			[]string{`value: the keys a.b, ["a.b"] all become the name "a.b": ` +
				`exclude all but one, or give the others a name in keys.rename`}},
		{"name missing", "AwsSecretsManagerTarget", standalone(object{"mapping": "json"}, object{"a": "1"}),
			[]string{"destination.name: required with the mapping json, but not given"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := construct(t, targettest.Case{Type: test.typ, Inputs: test.inputs})
			assert.Equal(t, test.want, run.Problems(t))
			assert.Empty(t, run.Children)
		})
	}
}
