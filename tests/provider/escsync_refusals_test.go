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
