package platform_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// platformCase is how one platform pushes {"db":{"user":"u"},"hot-key":"p"} with the mapping perKey.
type platformCase struct {
	platform, component string
	destination         object
	// secretType is the resource type with the value, and value is its path in the inputs.
	secretType, value string
	// names are the exact names, by key.
	names map[string]string
	// nameType is the resource type with the name, and nameAt is its path in the inputs.
	nameType, nameAt string
	// tagAt is the path of the ownership tag; "" if the platform has none.
	tagAt string
	// encode returns the input for a value.
	encode func(text string) string
	// account is what the inventory records, given the fixture's configuration.
	account string
	// find is a mock lookup that finds a secret with this ownership tag, and importID is its import ID. find is nil if
	// the platform has no lookup.
	find     func(args integration.MockCallArgs, owner string) property.Map
	importID string
	absent   string
}

func plain(text string) string { return text }

// findParameter is a mock that finds parameters and their tags.
func findParameter(args integration.MockCallArgs, owner string) property.Map {
	if name := args.Args.Get("name"); name.IsString() {
		return outputs(object{"arn": "arn:x:parameter" + name.AsString()})
	}
	arns := args.Args.Get("resourceArnLists")
	if !arns.IsArray() { // the search by our own tag, whose index lags behind
		return property.Map{}
	}
	var found []any
	for _, arn := range arns.AsArray().All {
		found = append(found, object{"resourceArn": arn.AsString(), "tags": object{"escsync:sync-id": owner}})
	}
	return outputs(object{"resourceTagMappingLists": found})
}

func platformCases() []platformCase {
	return []platformCase{
		{
			platform: "awsSecretsManager", component: "AwsSecretsManagerTarget", account: "AWS account 123456789012 us-west-2",
			destination: object{"path": "prod"},
			secretType:  awsSecretVersionType, value: "secretString", encode: plain,
			nameType: awsSecretType, nameAt: "name",
			names: map[string]string{"db.user": "prod/db/user", "hot-key": "prod/hot-key"},
			tagAt: `tags["escsync:sync-id"]`,
			find: func(_ integration.MockCallArgs, owner string) property.Map {
				return outputs(object{"arn": "arn:x", "tags": object{"escsync:sync-id": owner}})
			},
			importID: "arn:x", absent: "reading Secrets Manager Secret (x): couldn't find resource",
		},
		{
			platform: "awsParameterStore", component: "AwsParameterStoreTarget", account: "AWS account 123456789012 us-west-2",
			destination: object{"path": "/prod"},
			secretType:  "aws:ssm/parameter:Parameter", value: "value", encode: plain,
			nameType: "aws:ssm/parameter:Parameter", nameAt: "name",
			names: map[string]string{"db.user": "/prod/db/user", "hot-key": "/prod/hot-key"},
			tagAt: `tags["escsync:sync-id"]`,
			find:  findParameter, importID: "/prod/", absent: "reading SSM Parameter (x): couldn't find resource",
		},
		{
			platform: "azureKeyVault", component: "AzureKeyVaultTarget", account: "Azure subscription s",
			destination: object{"vaultName": "kv-1", "resourceGroupName": "g"},
			secretType:  "azure-native:keyvault:Secret", value: "properties.value", encode: plain,
			nameType: "azure-native:keyvault:Secret", nameAt: "secretName",
			names: map[string]string{"db.user": "db--user", "hot-key": "hot-key"},
			tagAt: `tags["escsync:sync-id"]`,
			find: func(_ integration.MockCallArgs, owner string) property.Map {
				return outputs(object{"id": "/subscriptions/x", "tags": object{"escsync:sync-id": owner}})
			},
			importID: "/subscriptions/x", absent: "RESPONSE 404: 404 Not Found ERROR CODE: SecretNotFound",
		},
		{
			platform: "gcpSecretManager", component: "GcpSecretManagerTarget", account: "GCP project p",
			destination: object{},
			secretType:  "gcp:secretmanager/secretVersion:SecretVersion", value: "secretData", encode: plain,
			nameType: "gcp:secretmanager/secret:Secret", nameAt: "secretId",
			names: map[string]string{"db.user": "db_user", "hot-key": "hot-key"},
			tagAt: `annotations["escsync.sync-id"]`,
			find: func(_ integration.MockCallArgs, owner string) property.Map {
				return outputs(object{"id": "projects/p/secrets/s", "annotations": object{"escsync.sync-id": owner}})
			},
			importID: "projects/p/secrets/s", absent: "projects/p/secrets/s not found",
		},
		{
			platform: "githubSecrets", component: "GithubSecretsTarget", account: "GitHub owner acme",
			destination: object{"repository": "shop"},
			secretType:  "github:index/actionsSecret:ActionsSecret", value: "value", encode: plain,
			nameType: "github:index/actionsSecret:ActionsSecret", nameAt: "secretName",
			names: map[string]string{"db.user": "DB_USER", "hot-key": "HOT_KEY"},
		},
		{
			platform: "githubVariables", component: "GithubVariablesTarget", account: "GitHub owner acme",
			destination: object{"repository": "shop"},
			secretType:  "github:index/actionsVariable:ActionsVariable", value: "value", encode: plain,
			nameType: "github:index/actionsVariable:ActionsVariable", nameAt: "variableName",
			names: map[string]string{"db.user": "DB_USER", "hot-key": "HOT_KEY"},
		},
		{
			platform: "vault", component: "VaultTarget", account: "Vault at https://v",
			destination: object{"path": "app", "mount": "kv"},
			secretType:  "vault:kv/secretV2:SecretV2", value: "dataJson",
			encode:   func(text string) string { return `{"value":"` + text + `"}` },
			nameType: "vault:kv/secretV2:SecretV2", nameAt: "name",
			names: map[string]string{"db.user": "app/db/user", "hot-key": "app/hot-key"},
			tagAt: `customMetadata.data["escsync:sync-id"]`,
			find: func(args integration.MockCallArgs, owner string) property.Map {
				return outputs(object{"path": "kv/data/" + args.Args.Get("name").AsString(),
					"customMetadata": object{"escsync:sync-id": owner}})
			},
			importID: "kv/data/app/", absent: `no secret found at "kv/data/app/db/user"`,
		},
	}
}

// text returns the text of a value, which may be inside a secret, and whether it is secret.
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
			run := construct(t, targettest.Case{Type: c.component, Inputs: map[string]property.Value{
				"destination": props(t, c.destination), "value": nested(t),
			}})
			require.NoError(t, run.Err)
			for key, want := range map[string]string{"db.user": "u", "hot-key": "p"} {
				got, secret := text(t, run.Child(t, c.secretType, key).Inputs, c.value)
				assert.Equal(t, c.encode(want), got)
				assert.True(t, secret, "%s is secret, whatever its source", key)
				named := run.Child(t, c.nameType, key)
				assert.Equal(t, c.names[key], named.Input(c.nameAt).AsString())
				if c.tagAt != "" {
					assert.Equal(t, "shop/dev/sync", at(t, named.Inputs, c.tagAt).AsString())
				}
			}
			assert.InDelta(t, 2, run.Response.State.Get("count").AsNumber(), 0)
		})
	}
}

// deletingAllBut pushes with the policy Delete and retains one key.
func deletingAllBut(t *testing.T, c platformCase, key string) targettest.Run {
	t.Helper()
	run := construct(t, targettest.Case{Type: c.component, Inputs: map[string]property.Value{
		"destination": props(t, c.destination), "value": nested(t), "deletionPolicy": property.New("Delete"),
		"retainKeys": property.New([]property.Value{property.New(key)}),
	}})
	require.NoError(t, run.Err)
	return run
}

// retainKeys retains the resources of a key whatever the policy is, and no others.
func TestRetainedKeysAreNeverDeleted(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			run := deletingAllBut(t, c, "db")
			for _, child := range run.Children {
				retained := child.RegisterRPC.GetRetainOnDelete()
				switch {
				case strings.HasSuffix(child.Name, c.names["db.user"]):
					assert.True(t, retained, child.TypeToken)
				case string(child.TypeToken) != awsSecretVersionType:
					assert.False(t, retained, child.TypeToken)
				}
			}
		})
	}
}

// The record that the next run compares with has the keys, and what may be deleted with them.
func TestTheInventoryRecordsWhatIsDeletedWithItsKey(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			run := deletingAllBut(t, c, "db")
			keys := run.Inventory.Input("keys").AsMap()
			deletable := run.Inventory.Input("deletable").AsArray()
			require.Equal(t, 1, deletable.Len())
			assert.Equal(t, "hot-key", keys.Get(deletable.Get(0).AsString()).AsString())
			assert.Equal(t, 2, keys.Len())
			assert.Equal(t, "Delete, db", run.Inventory.Input("policy").AsString())
		})
	}
	run := construct(t, targettest.Case{Type: "KubernetesTarget", Inputs: map[string]property.Value{
		"destination": props(t, object{"name": "app"}), "value": nested(t), "deletionPolicy": property.New("Delete"),
	}})
	require.NoError(t, run.Err)
	assert.Equal(t, props(t, []any{"kubernetes/default/Secret/app/*"}), run.Inventory.Input("deletable"),
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
			"retainKeys: needs the mapping perKey: with json all keys are one secret, to which deletionPolicy applies",
		},
		"KubernetesTarget": {
			object{"name": "prod"},
			"retainKeys: has no effect here: all keys are in one object, which is written as a whole. Leave it out",
		},
	} {
		run := construct(t, targettest.Case{Type: component, Inputs: map[string]property.Value{
			"destination": props(t, c.destination), "value": nested(t),
			"retainKeys": property.New([]property.Value{property.New("db")}),
		}})
		assert.Equal(t, []string{c.why}, run.Problems(t))
	}
}

// Every child of every platform has the right parent, dependency and policy.
func TestEveryChildWaitsForTheInventory(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		for _, policy := range []string{"Retain", "Delete"} {
			t.Run(c.platform+" "+policy, func(t *testing.T) {
				t.Parallel()
				run := construct(t, targettest.Case{Type: c.component, Inputs: map[string]property.Value{
					"destination": props(t, c.destination), "value": nested(t), "deletionPolicy": property.New(policy),
				}})
				require.NoError(t, run.Err)
				require.NotNil(t, run.Inventory)
				assert.Equal(t, 2, run.Inventory.Input("secrets").AsMap().Len())
				assert.Equal(t, c.account, run.Inventory.Input("account").AsString())
				assert.Contains(t, run.Inventory.RegisterRPC.GetParent(), "::sync")
				assert.Equal(t, version.Version, run.Inventory.RegisterRPC.GetVersion())
				for _, child := range run.Children {
					assert.Contains(t, child.RegisterRPC.GetParent(), "escsync:index:"+c.component+"::sync")
					assert.Contains(t, strings.Join(child.RegisterRPC.GetDependencies(), " "), target.InventoryToken, child.Name)
					retained := child.RegisterRPC.GetRetainOnDelete() && string(child.TypeToken) != awsSecretVersionType
					if string(child.TypeToken) != awsSecretVersionType {
						assert.Equal(t, policy == "Retain", retained, child.TypeToken)
					}
				}
			})
		}
	}
}

func TestLookupsDecideAboutImports(t *testing.T) {
	t.Parallel()
	for _, c := range platformCases() {
		if c.find == nil {
			continue
		}
		for _, test := range []struct {
			name, adoptionPolicy, owner, found string
			imports                            bool
		}{
			{"ours", "Owned", "shop/dev/sync", "owned", true},
			{"theirs", "Owned", "other", "notOwned", false},
			{"theirs, all", "All", "other", "notOwned", true},
			{"ours, never", "Never", "shop/dev/sync", "owned", false},
		} {
			t.Run(c.platform+" "+test.name, func(t *testing.T) {
				t.Parallel()
				run := construct(t, targettest.Case{
					Type: c.component,
					Call: func(args integration.MockCallArgs) (property.Map, error) {
						return c.find(args, test.owner), nil
					},
					Inputs: map[string]property.Value{
						"destination": props(t, c.destination), "value": nested(t), "adoptionPolicy": property.New(test.adoptionPolicy),
					},
				})
				require.NoError(t, run.Err)
				for key := range c.names {
					got := run.Child(t, c.nameType, key).RegisterRPC.GetImportId()
					if test.imports {
						assert.Contains(t, got, c.importID)
					} else {
						assert.Empty(t, got)
					}
				}
				for _, found := range run.Inventory.Input("found").AsMap().All {
					assert.Equal(t, test.found, found.AsString())
				}
				assert.Equal(t, 2, run.Inventory.Input("found").AsMap().Len())
			})
		}
		t.Run(c.platform+" nothing", func(t *testing.T) {
			t.Parallel()
			run := construct(t, targettest.Case{
				Type: c.component,
				Call: func(args integration.MockCallArgs) (property.Map, error) {
					if !args.Args.Get("tagFilters").IsNull() { // a search without results
						return property.Map{}, nil
					}
					return property.Map{}, errors.New(c.absent)
				},
				Inputs: map[string]property.Value{"destination": props(t, c.destination), "value": nested(t)},
			})
			require.NoError(t, run.Err)
			assert.Zero(t, run.Inventory.Input("found").AsMap().Len())
		})
		t.Run(c.platform+" failing", func(t *testing.T) {
			t.Parallel()
			run := construct(t, targettest.Case{
				Type: c.component,
				Call: func(integration.MockCallArgs) (property.Map, error) {
					return property.Map{}, errors.New("access denied")
				},
				Inputs: map[string]property.Value{"destination": props(t, c.destination), "value": nested(t)},
			})
			require.ErrorContains(t, run.Err, "access denied", "a failed lookup could overwrite what exists")
			assert.Empty(t, run.Children)
		})
	}
}

// Every component that Target dispatches to also works by itself.
func TestEveryPlatformHasAComponent(t *testing.T) {
	t.Parallel()
	for _, one := range platform.All {
		typ := strings.ToUpper(one.Name[:1]) + one.Name[1:] + "Target"
		run := construct(t, targettest.Case{Type: typ, Inputs: map[string]property.Value{}})
		assert.Contains(t, run.Problems(t), "destination: required, but not given", typ)
		assert.Contains(t, run.Problems(t), "value: has no value to push: nothing was changed on the platform", typ)
	}
}
