package provider_test

import (
	"maps"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEscSyncNeedsAProviderWhoseCredentialsItCanRead(t *testing.T) {
	t.Parallel()
	reference := p.ProviderReference{Urn: "urn:pulumi:dev::shop::pulumi:providers:pulumiservice::cloud", ID: "id"}
	req := escSync(patternInputs(nil))
	req.Providers = map[tokens.Package]p.ProviderReference{"pulumiservice": reference}
	r := construct(t, req)
	rpc, ok := rpcerror.FromError(r.err)
	require.True(t, ok)
	assert.Contains(
		t,
		rpc.InputPropertiesErrors()[0].Reason,
		"give an escsync provider with the same apiUrl and accessToken as well",
	)
	req.Providers["escsync"] = reference
	require.NoError(t, construct(t, req).err)
}

func TestEscSyncRefusesBadInputAllAtOnce(t *testing.T) {
	t.Parallel()
	req := escSync(props{
		"name":        str(""),
		"schedule":    str("every hour"),
		"imports":     list(str("not a reference")),
		"destination": obj(props{}),
		"onChagne":    property.New(true),
	})
	req.DryRun = true
	r := construct(t, req)
	require.Error(t, r.err)
	assert.Empty(t, r.recorder.registered, "nothing may be registered")
	rpc, ok := rpcerror.FromError(r.err)
	require.True(t, ok)
	var paths []string
	for _, e := range rpc.InputPropertiesErrors() {
		paths = append(paths, strings.TrimSpace(e.PropertyPath))
	}
	assert.ElementsMatch(t, []string{"name", "schedule", "imports[0]", "destination", "onChagne", "value"}, paths)
}

// What the target program would refuse is refused at preview, as far as it is known then.
func TestEscSyncChecksForThePlatform(t *testing.T) {
	t.Parallel()
	to := func(platform string, settings, changes props) props {
		in := props{"destination": obj(props{platform: obj(settings)})}
		maps.Copy(in, changes)
		return in
	}
	large := str(strings.Repeat("hunter2 ", 9000)).WithSecret(true)
	for name, test := range map[string]struct {
		in   props
		want []string
	}{
		"a name": {
			to("awsSecretsManager", props{"name": str("bad name!")}, nil), []string{"destination.awsSecretsManager.name"},
		},
		"a value's size": {
			to("awsSecretsManager", props{"name": str("n")}, props{"value": obj(props{"a": large})}), []string{"value"},
		},
		"a key's size": {
			to("awsParameterStore", props{"name": str("/n")},
				props{"value": obj(props{"a": large, "b": str("${db.user}")})}),
			[]string{"value.a"},
		},
		"an empty key": {
			to("githubSecrets", props{"repository": str("r")}, props{"value": obj(props{"A": str("")})}),
			[]string{"value.A"},
		},
		"colliding keys": {
			to("githubSecrets", props{"repository": str("r")},
				props{"value": obj(props{"a-b": str("x"), "a_b": str("${y}")})}),
			[]string{"value"},
		},
		"a setting": {
			to("awsSecretsManager", props{"name": str("n"), "recoveryWindowInDays": property.New(3.0)}, nil),
			[]string{"destination.awsSecretsManager.recoveryWindowInDays"},
		},
		"maxDeletions": {
			to("awsSecretsManager", props{"name": str("n")}, props{"maxDeletions": str("half")}),
			[]string{"maxDeletions"},
		},
		"interpolations":  {to("awsParameterStore", props{"name": str("/n")}, props{"value": str("${whatever}")}), nil},
		"an unknown name": {to("awsSecretsManager", props{"name": property.New(property.Computed)}, nil), nil},
		"a definition": {to("vault", props{}, props{
			"value": {}, "imports": {}, "definition": str("values: {sync: {vault: {name: n, value: {a: b}}}}"),
		}), nil},
		"a setting that the mapping ignores": {
			to("awsSecretsManager", props{"name": str("n"), "prefix": str("x")}, nil),
			[]string{"destination.awsSecretsManager.prefix"},
		},
		"a setting for another policy": {
			to("awsSecretsManager", props{"name": str("n"), "recoveryWindowInDays": property.New(7.0)}, nil), nil,
		},
		"no region at all": {
			to("gcpSecretManager", props{"name": str("n"), "regions": property.New([]property.Value{})}, nil),
			[]string{"destination.gcpSecretManager.regions"},
		},
		"an empty brake": {
			to("awsSecretsManager", props{"name": str("n")}, props{"maxDeletions": str("")}), []string{"maxDeletions"},
		},
		"everything at once": {
			to("awsSecretsManager", props{"name": str("bad name!"), "region": str("us-west-2a"), "nam3": str("x")},
				props{"schedule": str("61 * * * *"), "value": obj(props{"a": large}), "maxDeletions": str("half")}),
			[]string{
				"destination.awsSecretsManager.nam3", "destination.awsSecretsManager.name",
				"destination.awsSecretsManager.region", "maxDeletions", "schedule", "value",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := escSync(patternInputs(test.in))
			req.DryRun = true
			r := construct(t, req)
			if len(test.want) == 0 {
				require.NoError(t, r.err)
				return
			}
			rpc, ok := rpcerror.FromError(r.err)
			require.True(t, ok)
			var paths []string
			for _, e := range rpc.InputPropertiesErrors() {
				paths = append(paths, strings.TrimSpace(e.PropertyPath))
				assert.NotContains(t, e.Reason, "hunter2")
			}
			assert.Equal(t, test.want, paths, "%v", rpc.InputPropertiesErrors())
		})
	}
}

// A definition in the pattern's own form is checked as the target will check it, as far as its text tells.
func TestEscSyncChecksADefinitionForThePlatform(t *testing.T) {
	t.Parallel()
	const block = "definition.values.sync.awsSecretsManager"
	for name, test := range map[string]struct {
		definition        string
		settings, changes props
		want              []string
	}{
		"a bad name": {
			definition: "{name: 'hunter2 x', value: {a: b}}", want: []string{block + ".name"},
		},
		"no name":        {definition: "{value: {a: b}}", want: []string{"destination.awsSecretsManager.name"}},
		"an unknown one": {definition: "{name: n, nam3: hunter2, value: {a: b}}", want: []string{block + ".nam3"}},
		"a bad setting": {
			definition: "{name: n, recoveryWindowInDays: 3, value: {a: b}}", want: []string{block + ".recoveryWindowInDays"},
		},
		"an unused setting": {definition: "{name: n, prefix: p, value: {a: b}}", want: []string{block + ".prefix"}},
		"keys that collide": {
			definition: "{mapping: perKey, value: {a b: hunter2, a_b: x}}", want: []string{block + ".value"},
		},
		"a name that is too long": {
			definition: "{mapping: perKey, value: {" + strings.Repeat("k", 600) + ": x}}",
			want:       []string{block + ".value." + strings.Repeat("k", 600)},
		},
		"an empty leaf": {definition: "{mapping: perKey, value: {a: ''}}", want: []string{block + ".value.a"}},
		"a secret leaf": {
			definition: "{mapping: perKey, value: {a: {fn::secret: ''}}}", want: []string{block + ".value.a"},
		},
		"an empty value":     {definition: "{name: n, value: {}}", want: []string{block + ".value"}},
		"no object":          {definition: "hunter2", want: []string{block}},
		"doubled":            {definition: "{name: n, name: m, value: {a: b}}", want: []string{block + ".name"}},
		"a name given twice": {definition: "{name: 'a b', value: {a: b}}", settings: props{"name": str("n")}},
		"all at once": {
			definition: "{name: 'hunter2 x', kmsKeyId: '', value: {}}", changes: props{"schedule": str("x")},
			want: []string{block + ".kmsKeyId", block + ".name", block + ".value", "schedule"},
		},
		"interpolations": {
			definition: "{name: '${a}', mapping: '${b}', prefix: p, value: '${c}'}\n  a: n\n  b: perKey\n  c: {k: v}",
		},
		"an interpolation that leads nowhere": {
			definition: "{name: n, value: '${nope}'}", want: []string{"definition"},
		},
		"a function":    {definition: "{name: {fn::toBase64: a}, value: {fn::fromJSON: '{}'}}"},
		"a whole block": {definition: "'${a}'\n  a: {name: n, value: {k: v}}"},
		"what an import may add": {
			definition: "{prefix: p, value: {'a b': x, a_b: y}}\nimports: [a/b]",
		},
		"what an import cannot mend": {
			definition: "{name: 'hunter2 x', nam3: y, region: Oregon, value: {a: x}}\nimports: [a/b]",
			want:       []string{block + ".nam3", block + ".name", block + ".region"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			top, imports, _ := strings.Cut(test.definition, "\n")
			settings := props{}
			maps.Copy(settings, test.settings)
			in := props{
				"destination": obj(props{"awsSecretsManager": obj(settings)}), "value": {}, "imports": {},
				"definition": str("values:\n  sync:\n    awsSecretsManager: " + top + "\n" + imports),
			}
			maps.Copy(in, test.changes)
			req := escSync(patternInputs(in))
			req.DryRun = true
			r := construct(t, req)
			if len(test.want) == 0 {
				if r.err != nil {
					rpc, _ := rpcerror.FromError(r.err)
					t.Fatal(rpc.InputPropertiesErrors())
				}
				return
			}
			assert.Equal(t, test.want, refused(t, r))
			rpc, _ := rpcerror.FromError(r.err)
			for _, e := range rpc.InputPropertiesErrors() {
				assert.NotContains(t, e.Reason, "hunter2")
			}
		})
	}
}

// Nothing is told of a definition that a preview does not know.
func TestEscSyncTakesADefinitionThatIsUnknown(t *testing.T) {
	t.Parallel()
	req := escSync(patternInputs(props{
		"destination": obj(props{"awsSecretsManager": obj(props{"prefix": str("p")})}), "value": {}, "imports": {},
		"definition": property.New(property.Computed),
	}))
	req.DryRun = true
	require.NoError(t, construct(t, req).err)
}
