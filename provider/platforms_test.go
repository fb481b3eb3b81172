package provider

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// platformCase is how one platform pushes {"db":{"user":"u"},"hot-key":"p"} with the mapping perKey.
type platformCase struct {
	platform, component string
	destination         object
	// secretType is the type that holds the value, and value where in its inputs that is.
	secretType, value string
	// names are the exact names, by key.
	names map[string]string
	// nameAt is where the name is, and in which type.
	nameType, nameAt string
	// mark is where the mark of ownership is; "" for none.
	mark string
	// encode is how the value is written.
	encode func(text string) string
	// place is what the inventory is told, with the configuration of the fixture.
	place string
	// find makes a look-up find a secret with a mark; nil where there is no look-up, with the id of its import.
	find     func(args integration.MockCallArgs, mark string) property.Map
	importID string
	absent   string
}

func plain(text string) string { return text }

func platformCases() []platformCase {
	return []platformCase{
		{
			platform: "awsSecretsManager", component: "AwsSecretsManagerTarget", place: "AWS account 123456789012 us-west-2",
			destination: object{"mapping": "perKey", "name": "prod"},
			secretType:  awsSecretVersionType, value: "secretString", encode: plain,
			nameType: awsSecretType, nameAt: "name",
			names: map[string]string{"db.user": "prod/db/user", "hot-key": "prod/hot-key"},
			mark:  `tags["escsync:sync-id"]`,
			find: func(_ integration.MockCallArgs, mark string) property.Map {
				return outputs(object{"arn": "arn:x", "tags": object{"escsync:sync-id": mark}})
			},
			importID: "arn:x", absent: "reading Secrets Manager Secret (x): couldn't find resource",
		},
		{
			platform: "awsParameterStore", component: "AwsParameterStoreTarget", place: "AWS account 123456789012 us-west-2",
			destination: object{"name": "/prod"},
			secretType:  "aws:ssm/parameter:Parameter", value: "value", encode: plain,
			nameType: "aws:ssm/parameter:Parameter", nameAt: "name",
			names: map[string]string{"db.user": "/prod/db/user", "hot-key": "/prod/hot-key"},
			mark:  `tags["escsync:sync-id"]`,
		},
		{
			platform: "azureKeyVault", component: "AzureKeyVaultTarget", place: "Azure subscription s",
			destination: object{"mapping": "perKey", "vaultName": "kv-1", "resourceGroupName": "g"},
			secretType:  "azure-native:keyvault:Secret", value: "properties.value", encode: plain,
			nameType: "azure-native:keyvault:Secret", nameAt: "secretName",
			names: map[string]string{"db.user": "db--user", "hot-key": "hot-key"},
			mark:  `tags["escsync:sync-id"]`,
			find: func(_ integration.MockCallArgs, mark string) property.Map {
				return outputs(object{"id": "/subscriptions/x", "tags": object{"escsync:sync-id": mark}})
			},
			importID: "/subscriptions/x", absent: "RESPONSE 404: 404 Not Found ERROR CODE: SecretNotFound",
		},
		{
			platform: "gcpSecretManager", component: "GcpSecretManagerTarget", place: "GCP project p",
			destination: object{"mapping": "perKey"},
			secretType:  "gcp:secretmanager/secretVersion:SecretVersion", value: "secretData", encode: plain,
			nameType: "gcp:secretmanager/secret:Secret", nameAt: "secretId",
			names: map[string]string{"db.user": "db_user", "hot-key": "hot-key"},
			mark:  `annotations["escsync.sync-id"]`,
			find: func(_ integration.MockCallArgs, mark string) property.Map {
				return outputs(object{"id": "projects/p/secrets/s", "annotations": object{"escsync.sync-id": mark}})
			},
			importID: "projects/p/secrets/s", absent: "projects/p/secrets/s not found",
		},
		{
			platform: "githubSecrets", component: "GithubSecretsTarget", place: "GitHub owner acme",
			destination: object{"repository": "shop"},
			secretType:  "github:index/actionsSecret:ActionsSecret", value: "plaintextValue", encode: plain,
			nameType: "github:index/actionsSecret:ActionsSecret", nameAt: "secretName",
			names: map[string]string{"db.user": "DB_USER", "hot-key": "HOT_KEY"},
		},
		{
			platform: "vault", component: "VaultTarget", place: "Vault at https://v",
			destination: object{"mapping": "perKey", "name": "app", "mount": "kv"},
			secretType:  vaultSecretV2Token, value: "dataJson",
			encode:   func(text string) string { return `{"value":"` + text + `"}` },
			nameType: vaultSecretV2Token, nameAt: "name",
			names: map[string]string{"db.user": "app/db/user", "hot-key": "app/hot-key"},
			mark:  `customMetadata.data["escsync:sync-id"]`,
			find: func(args integration.MockCallArgs, mark string) property.Map {
				return outputs(object{"path": "kv/data/" + args.Args.Get("name").AsString(),
					"customMetadata": object{"escsync:sync-id": mark}})
			},
			importID: "kv/data/app/", absent: `no secret found at "kv/data/app/db/user"`,
		},
	}
}

func outputs(fields object) property.Map { return toAny(fields).(property.Map) }

func nested(t *testing.T) property.Value {
	t.Helper()
	return property.New(map[string]property.Value{
		"db":      property.New(map[string]property.Value{"user": property.New("u").WithSecret(true)}),
		"hot-key": property.New("p"),
	})
}

func at(t *testing.T, inputs property.Map, path string) property.Value {
	t.Helper()
	var parsed property.Path
	require.NoError(t, parsed.UnmarshalText([]byte(path)))
	value, err := parsed.Get(property.New(inputs))
	require.NoError(t, err, "%s in %v", path, inputs)
	return value
}

// text returns the text of a value, which may be in a secret container, and whether it is secret.
func text(t *testing.T, inputs property.Map, path string) (string, bool) {
	t.Helper()
	first, _, _ := strings.Cut(path, ".")
	value := at(t, inputs, path)
	return value.AsString(), value.Secret() || inputs.Get(first).Secret()
}

func TestPlatformsPushKeys(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			run := constructTarget(t, targetCase{typ: c.component, inputs: map[string]property.Value{
				"destination": props(t, c.destination), "value": nested(t),
			}})
			require.NoError(t, run.Err)
			for key, want := range map[string]string{"db.user": "u", "hot-key": "p"} {
				logical := "sync/" + key
				got, secret := text(t, run.child(t, c.secretType, logical).Inputs, c.value)
				assert.Equal(t, c.encode(want), got)
				assert.True(t, secret, "%s is secret, whatever its source", key)
				named := run.child(t, c.nameType, logical)
				assert.Equal(t, c.names[key], named.input(c.nameAt).AsString())
				if c.mark != "" {
					assert.Equal(t, "shop/dev/sync", at(t, named.Inputs, c.mark).AsString())
				}
			}
			assert.InDelta(t, 2, run.Response.State.Get("count").AsNumber(), 0)
		})
	}
}

// deletingAllBut pushes with the policy Delete, one key apart.
func deletingAllBut(t *testing.T, c platformCase, key string) targetRun {
	t.Helper()
	run := constructTarget(t, targetCase{typ: c.component, inputs: map[string]property.Value{
		"destination": props(t, c.destination), "value": nested(t), "deletionPolicy": property.New("Delete"),
		"retainKeys": property.New([]property.Value{property.New(key)}),
	}})
	require.NoError(t, run.Err)
	return run
}

// A key may be kept whatever the policy says; only its own resources are.
func TestRetainedKeysAreNeverDeleted(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			run := deletingAllBut(t, c, "db")
			for _, child := range run.children {
				retained := child.RegisterRPC.GetRetainOnDelete()
				switch {
				case strings.HasSuffix(child.Name, "/db.user"):
					assert.True(t, retained, child.TypeToken)
				case string(child.TypeToken) != awsSecretVersionType:
					assert.False(t, retained, child.TypeToken)
				}
			}
		})
	}
}

// What the next run is judged by: keys, and what goes with them.
func TestTheInventoryKnowsWhatGoesWithItsKey(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			run := deletingAllBut(t, c, "db")
			keys := run.inventory.input("keys").AsMap()
			deletable := run.inventory.input("deletable").AsArray()
			require.Equal(t, 1, deletable.Len())
			assert.Equal(t, "hot-key", keys.Get(deletable.Get(0).AsString()).AsString())
			assert.Equal(t, 2, keys.Len())
			assert.Equal(t, "Delete, db", run.inventory.input("policy").AsString())
		})
	}
	run := constructTarget(t, targetCase{typ: "KubernetesTarget", inputs: map[string]property.Value{
		"destination": props(t, object{"name": "app"}), "value": nested(t), "deletionPolicy": property.New("Delete"),
	}})
	require.NoError(t, run.Err)
	assert.Equal(t, props(t, []any{"kubernetes/default/Secret/app/*"}), run.inventory.input("deletable"),
		"fields are no resources of their own: the object goes, and with it all")
}

func TestRetainedKeysNeedASecretEach(t *testing.T) {
	t.Parallel()
	for component, c := range map[string]struct {
		destination object
		why         string
	}{
		"AwsSecretsManagerTarget": {
			object{"name": "prod"},
			"retainKeys: needs the mapping perKey: with json there is one secret for all keys, which deletionPolicy is about",
		},
		"KubernetesTarget": {
			object{"name": "prod"},
			"retainKeys: is for platforms with one secret for each key: " +
				"here all keys are in one object, which is written as a whole",
		},
	} {
		run := constructTarget(t, targetCase{typ: component, inputs: map[string]property.Value{
			"destination": props(t, c.destination), "value": nested(t),
			"retainKeys": property.New([]property.Value{property.New("db")}),
		}})
		assert.Equal(t, []string{c.why}, run.problems(t))
	}
}

// TestEveryChildWaitsForTheInventory: parent, dependency and policy of every child of every platform.
func TestEveryChildWaitsForTheInventory(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		for _, policy := range []string{"Retain", "Delete"} {
			t.Run(c.platform+" "+policy, func(t *testing.T) {
				t.Parallel()
				run := constructTarget(t, targetCase{typ: c.component, inputs: map[string]property.Value{
					"destination": props(t, c.destination), "value": nested(t), "deletionPolicy": property.New(policy),
				}})
				require.NoError(t, run.Err)
				require.NotNil(t, run.inventory)
				assert.Equal(t, 2, run.inventory.input("secrets").AsMap().Len())
				assert.Equal(t, c.place, run.inventory.input("place").AsString())
				assert.Contains(t, run.inventory.RegisterRPC.GetParent(), "::sync")
				assert.Equal(t, Version, run.inventory.RegisterRPC.GetVersion())
				for _, child := range run.children {
					assert.Contains(t, child.RegisterRPC.GetParent(), "escsync:index:"+c.component+"::sync")
					assert.Contains(t, strings.Join(child.RegisterRPC.GetDependencies(), " "), inventoryToken, child.Name)
					retained := child.RegisterRPC.GetRetainOnDelete() && string(child.TypeToken) != awsSecretVersionType
					if string(child.TypeToken) != awsSecretVersionType {
						assert.Equal(t, policy == "Retain", retained, child.TypeToken)
					}
				}
			})
		}
	}
}

func TestLookUpsDecideAboutImports(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		if c.find == nil {
			continue
		}
		for _, test := range []struct {
			name, adopt, mark, found string
			imports                  bool
		}{
			{"ours", "Owned", "shop/dev/sync", "owned", true},
			{"theirs", "Owned", "other", "foreign", false},
			{"theirs, all", "All", "other", "foreign", true},
			{"ours, never", "Never", "shop/dev/sync", "owned", false},
		} {
			t.Run(c.platform+" "+test.name, func(t *testing.T) {
				t.Parallel()
				run := constructTarget(t, targetCase{
					typ: c.component,
					call: func(args integration.MockCallArgs) (property.Map, error) {
						return c.find(args, test.mark), nil
					},
					inputs: map[string]property.Value{
						"destination": props(t, c.destination), "value": nested(t), "adopt": property.New(test.adopt),
					},
				})
				require.NoError(t, run.Err)
				for key := range c.names {
					got := run.child(t, c.nameType, "sync/"+key).RegisterRPC.GetImportId()
					if test.imports {
						assert.Contains(t, got, c.importID)
					} else {
						assert.Empty(t, got)
					}
				}
				for _, found := range run.inventory.input("found").AsMap().All {
					assert.Equal(t, test.found, found.AsString())
				}
				assert.Equal(t, 2, run.inventory.input("found").AsMap().Len())
			})
		}
		t.Run(c.platform+" nothing", func(t *testing.T) {
			t.Parallel()
			run := constructTarget(t, targetCase{
				typ:    c.component,
				call:   func(integration.MockCallArgs) (property.Map, error) { return property.Map{}, errors.New(c.absent) },
				inputs: map[string]property.Value{"destination": props(t, c.destination), "value": nested(t)},
			})
			require.NoError(t, run.Err)
			assert.Zero(t, run.inventory.input("found").AsMap().Len())
		})
		t.Run(c.platform+" failing", func(t *testing.T) {
			t.Parallel()
			run := constructTarget(t, targetCase{
				typ: c.component,
				call: func(integration.MockCallArgs) (property.Map, error) {
					return property.Map{}, errors.New("access denied")
				},
				inputs: map[string]property.Value{"destination": props(t, c.destination), "value": nested(t)},
			})
			require.ErrorContains(t, run.Err, "access denied", "what cannot be looked up could be overwritten")
			assert.Empty(t, run.children)
		})
	}
}

// Whether an object that exists is taken over is the provider's to decide, by its own setting.
func TestKubernetesAdoptsAsItsProviderIsSet(t *testing.T) {
	t.Parallel()
	run := constructTarget(t, targetCase{typ: "KubernetesTarget", inputs: map[string]property.Value{
		"destination": props(t, object{"name": "app"}), "value": nested(t), "adopt": property.New("All"),
	}})
	require.ErrorContains(t, run.Err, "for All it must be true")
	assert.Empty(t, run.children)
	run = constructTarget(t, targetCase{typ: "KubernetesTarget", inputs: map[string]property.Value{
		"destination": props(t, object{"name": "app"}), "value": nested(t), "adopt": property.New("All"),
	}, providers: map[tokens.Package]p.ProviderReference{"kubernetes": {
		Urn: "urn:pulumi:dev::shop::pulumi:providers:kubernetes::own", ID: "own",
	}}})
	require.NoError(t, run.Err)
}

func TestKubernetesObject(t *testing.T) {
	t.Parallel()
	encoded := func(text string) property.Value {
		return property.New(base64.StdEncoding.EncodeToString([]byte(text)))
	}
	run := constructTarget(t, targetCase{typ: "KubernetesTarget", inputs: map[string]property.Value{
		"destination": props(t, object{"name": "app", "namespace": "shop", "labels": object{"team": "core"}}),
		"value":       nested(t),
	}})
	require.NoError(t, run.Err)
	secret := run.child(t, "kubernetes:core/v1:Secret", "sync")
	assert.True(t, secret.input("data").Secret())
	assert.Equal(t, property.New(map[string]property.Value{
		"db.user": encoded("u"), "hot-key": encoded("p"),
	}).WithSecret(true),
		secret.input("data"))
	assert.Equal(t, "Opaque", secret.input("type").AsString())
	assert.Equal(t, "shop", at(t, secret.Inputs, "metadata.namespace").AsString())
	assert.Equal(t, "core", at(t, secret.Inputs, "metadata.labels.team").AsString())
	assert.Equal(t, "shop/dev/sync", at(t, secret.Inputs, `metadata.annotations["escsync/sync-id"]`).AsString())
	assert.Equal(t, "true", at(t, secret.Inputs, `metadata.annotations["pulumi.com/patchForce"]`).AsString(),
		"an edit made in the cluster would be a conflict")
	assert.Equal(t, property.New(map[string]property.Value{
		"kubernetes/shop/Secret/app/db.user": property.New(""), "kubernetes/shop/Secret/app/hot-key": property.New(""),
	}), run.inventory.input("secrets"), "the brake counts keys, though they are one resource")

	run = constructTarget(t, targetCase{typ: "KubernetesTarget", inputs: map[string]property.Value{
		"destination": props(t, object{"name": "app", "kind": "ConfigMap", "mapping": "json", "dataKey": "app.json"}),
		"value":       nested(t),
	}})
	require.NoError(t, run.Err)
	config := run.child(t, "kubernetes:core/v1:ConfigMap", "sync")
	//nolint:testifylint // The text itself counts.
	assert.Equal(t, `{"db":{"user":"u"},"hot-key":"p"}`, at(t, config.Inputs, `data["app.json"]`).AsString())
	assert.True(t, at(t, config.Inputs, `data["app.json"]`).Secret())
}
