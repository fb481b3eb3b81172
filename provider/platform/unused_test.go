package platform_test

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// Settings that a target would ignore are refused, each with a reason.
func TestUnusedSettings(t *testing.T) {
	t.Parallel()
	const (
		byJSON = "has no effect with the mapping json, which makes one secret with the given name: use perKey, " +
			"or leave it out"
		bySingle = "has no effect with the mapping single (the default), which makes one secret with the " +
			"given name: use perKey, or leave it out"
		keyless = "has no effect with the mapping single (the default), which is for a value without keys: " +
			"leave it out"
	)
	tests := []struct {
		name, typ   string
		destination object
		value       any
		policy      object
		want        []string
	}{
		{"naming with json", "AwsSecretsManagerTarget", object{
			"name": "n", "mapping": "json", "path": "p", "keys": object{
				"template": "{key}_", "separator": "_", "nested": "json", "rename": object{"a": "b"},
			},
		}, object{"a": "1"}, nil, []string{
			"destination.keys.nested: " + byJSON, "destination.keys.rename: " + byJSON,
			"destination.keys.separator: " + byJSON, "destination.keys.template: " + byJSON,
			"destination.path: " + byJSON,
		}},
		{"naming with a scalar", "GithubSecretsTarget",
			object{"repository": "r", "name": "n", "keys": object{"template": "x{key}"}}, "v", nil,
			[]string{"destination.keys.template: " + bySingle}},
		{"filters with a scalar", "AwsParameterStoreTarget",
			object{"name": "n", "keys": object{"include": []any{"a"}, "exclude": []any{}}}, "v", nil,
			[]string{"destination.keys.exclude: " + keyless, "destination.keys.include: " + keyless}},
		{"an empty include", "AwsParameterStoreTarget", object{"keys": object{"include": []any{}}}, object{"a": "1"}, nil,
			[]string{"destination.keys.include: must have at least one pattern. To push every key, leave it out"}},
		{"a separator without two parts", "AwsParameterStoreTarget",
			object{"path": "/p", "keys": object{"nested": "json", "separator": "_"}}, object{"a": "1"}, nil,
			[]string{"destination.keys.separator: has no effect with nested json: there is nothing to join. Leave it out"}},
		{"the data key of single keys", "KubernetesTarget", object{"name": "n", "dataKey": "x"}, object{"a": "1"}, nil,
			[]string{"destination.dataKey: has no effect with the mapping perKey, where every key has its own name in the " +
				"data: leave it out, or use json or single"}},
		{"the field of a whole object", "VaultTarget", object{"name": "n", "field": "x", "maxVersions": -1},
			object{"a": "1"}, nil, []string{
				"destination.field: has no effect with the mapping json, where every top-level key is a field: leave it " +
					"out, or use perKey or single",
				"destination.maxVersions: must not be negative: leave it out to use the engine's own number"}},
		{"no region for replicas of Google's", "GcpSecretManagerTarget", object{"name": "n", "regions": []any{}},
			object{"a": "1"}, nil, []string{"destination.regions: must have at least one region. Leave it out to " +
				"let Google choose the regions, which cannot be changed later"}},
		{"a repository with its owner", "GithubSecretsTarget", object{"repository": "acme/shop"}, object{"a": "1"}, nil,
			[]string{"destination.repository: must be the repository's name without its owner, which the GitHub " +
				"provider sets"}},
		{"a maxDeletions that is empty, and other empty texts", "AwsSecretsManagerTarget",
			object{"name": "", "region": "", "kmsKeyId": "", "description": ""},
			object{"a": "1"}, object{"maxDeletions": ""}, []string{
				"destination.kmsKeyId: must not be empty: leave it out to use the default",
				"destination.name: must not be empty: leave it out to use the default",
				"destination.name: required with the mapping json, but not given",
				"destination.region: must not be empty: leave it out to use the default",
				"maxDeletions: must not be empty: leave it out to use the default"}},
		{"no region", "AwsSecretsManagerTarget",
			object{"name": "n", "region": "us-west-2a", "replicas": []any{object{"region": "Oregon"}}},
			object{"a": "1"}, nil, []string{
				"destination.region: must be a region code, such as us-west-2, not a region's name or an " +
					"availability zone",
				"destination.replicas[0].region: must be a region code, such as us-west-2, not a region's name or " +
					"an availability zone"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			inputs := map[string]property.Value{"destination": props(t, test.destination), "value": props(t, test.value)}
			for name, v := range test.policy {
				inputs[name] = props(t, v)
			}
			run := construct(t, targettest.Case{Type: test.typ, Inputs: inputs})
			assert.Equal(t, test.want, run.Problems(t))
			assert.Nil(t, run.Inventory)
		})
	}
}

// Settings that may still have an effect, as far as a preview knows, are accepted.
func TestSettingsThatMayHaveAnEffect(t *testing.T) {
	t.Parallel()
	unknown := property.New(property.Computed)
	for name, test := range map[string]struct {
		typ                string
		destination, value property.Value
		policy             property.Value
	}{
		"an unknown mapping": {
			"VaultTarget", property.New(map[string]property.Value{
				"mapping": unknown, "field": property.New("f"),
				"keys": props(t, object{"template": "x{key}", "include": []any{"a"}}),
			}), props(t, object{"a": "1"}), property.New("Delete"),
		},
		"an unknown value": {
			"KubernetesTarget", props(t, object{
				"name": "n", "dataKey": "f", "keys": object{"template": "x{key}", "include": []any{"a"}},
			}), unknown, property.New("Delete"),
		},
		"an unknown policy": {
			"AwsSecretsManagerTarget", props(t, object{"name": "n", "recoveryWindowInDays": 7}), props(t, object{"a": "1"}),
			unknown,
		},
		"settings for another policy": {
			"AwsSecretsManagerTarget", props(t, object{"name": "n", "recoveryWindowInDays": 7}), props(t, object{"a": "1"}),
			property.New("Retain"),
		},
		"defaults that the mapping ignores": {
			"AwsSecretsManagerTarget", props(t, object{"name": "n", "keys": object{"nested": "flatten", "separator": "/"}}),
			props(t, object{"a": "1"}), property.New("Delete"),
		},
		"the default field of a whole object": {
			"VaultTarget", props(t, object{"name": "n", "field": "value"}), props(t, object{"a": "1"}),
			property.New("Delete"),
		},
		"an unknown visibility": {
			"GithubSecretsTarget", property.New(map[string]property.Value{
				"visibility": unknown, "selectedRepositoryIds": props(t, []any{1}),
			}), props(t, object{"a": "1"}), property.New("Delete"),
		},
		"an unknown region": {
			"AwsSecretsManagerTarget", property.New(map[string]property.Value{
				"name": property.New("n"), "region": unknown,
				"replicas": property.New([]property.Value{property.New(map[string]property.Value{"region": unknown})}),
			}), props(t, object{"a": "1"}), property.New("Delete"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := construct(t, targettest.Case{Type: test.typ, Preview: true, Inputs: map[string]property.Value{
				"destination": test.destination, "value": test.value, "deletionPolicy": test.policy,
			}})
			require.NoError(t, run.Err)
		})
	}
}

// The name of a secret is checked even if its value is unknown.
func TestANameIsCheckedBeforeTheValueIsKnown(t *testing.T) {
	t.Parallel()
	unknown := property.New(property.Computed)
	for name, destination := range map[string]map[string]property.Value{
		"an unknown value":   {"name": property.New("bad name")},
		"an unknown mapping": {"name": property.New("bad name"), "mapping": unknown},
		"unknown keys":       {"name": property.New("bad name"), "keys": unknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := construct(t, targettest.Case{Type: "GcpSecretManagerTarget", Preview: true,
				Inputs: map[string]property.Value{"destination": property.New(destination), "value": unknown}})
			require.Len(t, run.Problems(t), 1)
			assert.Contains(t, run.Problems(t)[0], "destination.name: is not allowed: ")
		})
	}
}

// A target refuses unknown settings, as EscSync does.
func TestATargetRefusesUnknownInputs(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{Type: "VaultTarget", Inputs: map[string]property.Value{
		"destination": props(t, object{"name": "n", "nam3": "x"}), "value": props(t, object{"a": "1"}),
		"deletionPolcy": property.New("Delete"), "syncId": property.New(""),
	}})
	assert.Equal(t, []string{
		`deletionPolcy: there is no such property; did you mean "deletionPolicy"?`,
		`destination.nam3: there is no such setting; did you mean "name"?`,
		"syncId: must not be empty: leave it out to use the default",
	}, run.Problems(t))
}

// A provider that the caller passes has its own region.
func TestARegionThatDiffersFromThePassedProvider(t *testing.T) {
	t.Parallel()
	construct := func(region string, preview bool) targettest.Run {
		return construct(t, targettest.Case{
			Preview: preview, Type: "AwsSecretsManagerTarget", Providers: map[tokens.Package]p.ProviderReference{
				"aws": {Urn: "urn:pulumi:dev::shop::pulumi:providers:aws::own", ID: "own"},
			},
			Inputs: map[string]property.Value{
				"destination": props(t, object{"name": "n", "region": region}), "value": props(t, object{"a": "1"}),
			},
		})
	}
	require.ErrorContains(t, construct("eu-west-1", false).Err, "destination.region is eu-west-1, but the AWS "+
		"provider that was passed is set to us-west-2 and would write there")
	require.NoError(t, construct("us-west-2", false).Err)
	require.NoError(t, construct("eu-west-1", true).Err, "a preview may not know the region of the provider")
}
