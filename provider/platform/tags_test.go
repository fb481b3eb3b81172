package platform_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// Tags and texts that the platform refuses, each with the path of its key.
func TestRefusedTagsAndTexts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typ         string
		destination object
		value       any
		want        []string
	}{
		"AWS Secrets Manager": {"AwsSecretsManagerTarget", object{
			"name": "n", "description": strings.Repeat("x", 2049),
			"tags": object{"aws:x": "1", "long": strings.Repeat("x", 257), "escsync:sync-id": "mine"},
		}, nil, []string{
			"destination.description: has 2049 characters",
			"destination.tags.long: its value has 257 characters",
			`destination.tags["aws:x"]: its key must not begin with aws:`,
			`destination.tags["escsync:sync-id"]: is the ownership tag of the sync`,
		}},
		"replicas": {"AwsSecretsManagerTarget", object{"name": "n", "region": "eu-west-1", "replicas": []any{
			object{"region": "us-east-1"}, object{"region": "eu-west-1"}, object{"region": "us-east-1"},
		}}, nil, []string{
			"destination.replicas[1].region: is the region of the secret itself: a region can have the secret only " +
				"once",
			"destination.replicas[2].region: is the region of another replica: a region can have the secret only " +
				"once",
		}},
		"AWS Parameter Store": {"AwsParameterStoreTarget", object{
			"description": strings.Repeat("x", 1025), "tags": object{"a!": "b?"},
		}, nil, []string{
			"destination.description: has 1025 characters",
			`destination.tags["a!"]: its key must have letters`, `destination.tags["a!"]: its value must have letters`,
		}},
		"Azure Key Vault": {"AzureKeyVaultTarget", object{
			"name": "n", "vaultName": "https://kv-1.vault.azure.net", "resourceGroupName": "/subscriptions/s",
			"contentType": strings.Repeat("x", 256), "tags": object{"a": strings.Repeat("x", 513)},
		}, nil, []string{
			"destination.contentType: has 256 characters", "destination.resourceGroupName: must be the name of a resource group",
			"destination.tags.a: its value has 513 characters", "destination.vaultName: must be the name of a key vault",
		}},
		"GCP Secret Manager": {"GcpSecretManagerTarget", object{
			"name": "n", "project": "My Project", "regions": []any{"eu", "us-east1", "us-east1"},
			"labels": object{"Team": "x", "team": "Core"}, "annotations": object{"a/b": "x", "escsync.sync-id": "x"},
		}, nil, []string{
			`destination.annotations["a/b"]: its key must have letters`,
			`destination.annotations["escsync.sync-id"]: is the ownership tag of the sync`,
			"destination.labels.Team: its key must have lowercase letters", "destination.labels.team: its value must " +
				"have lowercase",
			"destination.project: must be a project id", "destination.regions[0]: must be a region",
			"destination.regions[2]: is listed twice",
		}},
		"a key of Google's elsewhere": {"GcpSecretManagerTarget", object{
			"name": "n", "kmsKeyName": "projects/p/locations/us-east1/keyRings/r/cryptoKeys/k",
		}, nil, []string{"destination.kmsKeyName: must be a key in the location global, because the secret has no " +
			"regions"}},
		"Vault": {"VaultTarget", object{"name": "n", "metadata": object{"a": "", "b": strings.Repeat("x", 513)}}, nil,
			[]string{"destination.metadata.a: its value must not be empty", "destination.metadata.b: its value has 513 bytes"}},
		"Kubernetes": {"KubernetesTarget", object{
			"name": "n", "namespace": "A", "labels": object{"a": "b c"},
			"annotations": object{"a b": "x", "escsync/sync-id": "x"},
		}, nil, []string{
			`destination.annotations["a b"]: its key is not allowed: `,
			`destination.annotations["escsync/sync-id"]: is the ownership tag of the sync`,
			"destination.labels.a: its value is not allowed: ", "destination.namespace: must have 1 to 63 " +
				"lowercase letters",
		}},
		"a certificate without its key": {"KubernetesTarget", object{"name": "n", "type": "kubernetes.io/tls"},
			object{"tls.crt": "x"}, []string{"destination.type: kubernetes.io/tls needs the key tls.key"}},
		"a login to a registry": {
			"KubernetesTarget", object{"name": "n", "type": "kubernetes.io/dockerconfigjson"},
			object{".dockerconfigjson": "hunter2"}, []string{`value[".dockerconfigjson"]: must be JSON`},
		},
		"a login to a registry as an object": {
			"KubernetesTarget", object{"name": "n", "type": "kubernetes.io/dockerconfigjson"},
			object{".dockerconfigjson": object{"auths": object{"r": "hunter2"}}},
			[]string{`value[".dockerconfigjson"]: is an object, so each of its leaves would become a separate key`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.value == nil {
				test.value = object{"a": "1"}
			}
			run := construct(t, targettest.Case{Type: test.typ, Inputs: map[string]property.Value{
				"destination": props(t, test.destination), "value": props(t, test.value),
			}})
			problems := run.Problems(t)
			require.Len(t, problems, len(test.want), strings.Join(problems, "\n"))
			for i, want := range test.want {
				assert.Truef(t, strings.HasPrefix(problems[i], want), "%s\nis not: %s", problems[i], want)
			}
			assert.NotContains(t, strings.Join(problems, "\n"), "hunter2")
			assert.Empty(t, run.Children)
		})
	}
}

// A tag, a region or a key that is unknown at preview is not checked.
func TestUnknownTagsAreNotChecked(t *testing.T) {
	t.Parallel()
	computed := property.New(property.Computed)
	for typ, destination := range map[string]map[string]property.Value{
		"AwsSecretsManagerTarget": {
			"name": property.New("n"), "description": computed,
			"tags":     property.New(map[string]property.Value{"a": computed}),
			"replicas": property.New([]property.Value{property.New(map[string]property.Value{"region": computed})}),
		},
		"GcpSecretManagerTarget": {
			"name": property.New("n"), "project": computed, "regions": computed, "kmsKeyName": property.New(
				"projects/p/locations/us-east1/keyRings/r/cryptoKeys/k"),
		},
		"AzureKeyVaultTarget": {
			"name": property.New("n"), "vaultName": computed, "resourceGroupName": computed, "contentType": computed,
		},
		"KubernetesTarget": {
			"name": property.New("n"), "namespace": computed, "type": property.New("kubernetes.io/tls"), "labels": computed,
		},
	} {
		run := construct(t, targettest.Case{Type: typ, Preview: true, Inputs: map[string]property.Value{
			"destination": property.New(destination), "value": computed,
		}})
		assert.NoError(t, run.Err, typ)
	}
}

// The schema only checks a program's inputs. This check covers what an environment provides.
func TestARunRefusesAnEmptyContentType(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "Target", Inputs: map[string]property.Value{
		"payload": payloadText(t, object{
			"sync": object{"azureKeyVault": object{"name": "n", "value": "x"}},
			"target": object{"platform": "azureKeyVault", "settings": object{
				"vaultName": "kv-1", "resourceGroupName": "g", "contentType": "",
			}},
		}),
	}})
	assert.Equal(t, []string{"payload.target.settings.contentType: must not be empty: leave it out to use the default"},
		run.Problems(t))
}

// An unknown region counts as set.
func TestAKeyInAnUnknownRegionIsNotChecked(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "GcpSecretManagerTarget", Preview: true, Inputs: map[string]property.Value{
		"value": property.New("x"), "destination": property.New(map[string]property.Value{
			"name":       property.New("n"),
			"regions":    property.New([]property.Value{property.New(property.Computed)}),
			"kmsKeyName": property.New("projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k"),
		}),
	}})
	assert.NoError(t, run.Err)
}

// No problem quotes anything secret, such as part of a name or the keys of tags.
func TestProblemsQuoteNoSecretSetting(t *testing.T) {
	t.Parallel()
	secret := func(v property.Value) property.Value { return v.WithSecret(true) }
	template := func(text string) map[string]property.Value {
		return map[string]property.Value{"keys": property.New(map[string]property.Value{
			"template": secret(property.New(text)),
		})}
	}
	for name, test := range map[string]struct {
		typ         string
		destination map[string]property.Value
		want        []string
	}{
		"a template": {"GithubSecretsTarget", template("Hunter2!{key}"), []string{
			`value.a-b: the name [secret], made of key "a-b", is not allowed: `,
			`value.a_b: the name [secret], made of key "a_b", is not allowed: `,
			"value: the keys a-b, a_b all become the name [secret]: exclude all but one",
		}},
		"a bad template": {"GithubSecretsTarget", template("{hunter2}"),
			[]string{"destination.keys.template: is not a template for names; it is not shown, as it is secret"}},
		"tags": {"GcpSecretManagerTarget", map[string]property.Value{
			"name":   property.New("n"),
			"labels": secret(property.New(map[string]property.Value{"Hunter2": property.New("Hunter2")})),
		}, []string{
			"destination.labels: its key must have lowercase letters", "destination.labels: its value must have " +
				"lowercase letters",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.destination["repository"] = property.New("r")
			if test.typ != "GithubSecretsTarget" {
				delete(test.destination, "repository")
			}
			run := construct(t, targettest.Case{Type: test.typ, Inputs: map[string]property.Value{
				"destination": property.New(test.destination), "value": props(t, object{"a-b": "1", "a_b": "2"}),
			}})
			all := strings.Join(run.Problems(t), "\n")
			for _, want := range test.want {
				assert.Contains(t, all, want)
			}
			assert.NotContains(t, strings.ToLower(all+run.Err.Error()), "hunter2")
		})
	}
}
