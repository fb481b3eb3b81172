package definition

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSpellings(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		project, key string
		want         []string
	}{
		"of the project":  {"p", "payload", []string{"payload", "p:payload", "p:config:payload"}},
		"no project":      {"", "payload", []string{"payload"}},
		"of a provider":   {"p", "aws:region", []string{"aws:region", "aws:config:region"}},
		"both are one":    {"aws", "aws:region", []string{"aws:region", "region", "aws:config:region"}},
		"without project": {"", "aws:region", []string{"aws:region", "aws:config:region"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := renderer{project: test.project}
			assert.Equal(t, test.want, r.spellings(test.key))
		})
	}
}

// configured groups an environment's configuration as the CLI does: every value of the same key.
func configured(t *testing.T, env *esc.Environment, project string) map[config.Key][]esc.Value {
	t.Helper()
	byKey := map[config.Key][]esc.Value{}
	for raw, value := range env.Properties["pulumiConfig"].Value.(map[string]esc.Value) {
		if !strings.Contains(raw, ":") {
			raw = project + ":" + raw
		}
		key, err := config.ParseKey(raw)
		require.NoError(t, err)
		byKey[key] = append(byKey[key], value)
	}
	return byKey
}

// hostile is an environment that has each of the sync's keys, in each spelling.
const hostile = imported + `
  pulumiConfig:
    payload: theirs
    escsync-target:payload: theirs
    escsync-target:config:payload: {theirs: x}
    secretName: theirs
    escsync-target:secretName: {fn::secret: theirs}
    escsync-target:config:secretName: [theirs]
    aws:region: theirs
    aws:config:region: theirs
`

// Whichever spelling of a key the CLI picks, it gets the sync's value, and a secret remains secret.
func TestImportsReplaceNoConfiguration(t *testing.T) {
	t.Parallel()
	s := spec(obj("mine", "${db.user}"))
	s.PulumiConfig = obj("aws:region", secret("us-west-2")).AsMap()
	custom := s
	custom.Platform, custom.Name = Custom, property.New("name").WithSecret(true)
	payload, name := config.MustMakeKey(s.Project, PayloadKey), config.MustMakeKey(s.Project, SecretNameKey)
	region := config.MustMakeKey("aws", "region")
	for title, test := range map[string]struct {
		result Result
		keys   []config.Key
	}{
		"a value":             {Render(s), []config.Key{payload, region}},
		"a custom value":      {Render(custom), []config.Key{name, region}},
		"a definition":        {Complete(patternForm("awsSecretsManager"), s), []config.Key{payload, region}},
		"a custom definition": {Complete(patternForm("awsSecretsManager"), custom), []config.Key{name, region}},
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			require.Empty(t, test.result.Problems)
			for _, source := range []string{test.result.Text, encrypt(t, test.result.Text)} {
				env := evaluateWith(t, source, environments{"my-project/my-imported-env@stable": hostile})
				own := evaluate(t, source)
				for _, key := range test.keys {
					want := configured(t, own, s.Project)[key]
					got := configured(t, env, s.Project)[key]
					require.Len(t, got, map[bool]int{true: 2, false: 3}[key == region], key)
					for _, value := range got {
						assert.Equal(t, want[0].Value, value.Value, key)
						assert.True(t, value.Secret, key)
						assert.NotContains(t, value.Value, "theirs")
					}
				}
			}
		})
	}
}

// Without a name, a sync does not set secretName, and the value of an import applies, as the description of name says.
// Overriding it would give the program an empty name instead of none.
func TestImportsKeepTheirConfigurationWhereTheSyncHasNone(t *testing.T) {
	t.Parallel()
	custom := spec(obj("mine", "${db.user}"))
	custom.Platform, custom.Name = Custom, property.Value{}
	result := Render(custom)
	require.Empty(t, result.Problems)
	name := config.MustMakeKey(custom.Project, SecretNameKey)
	assert.NotContains(t, configured(t, evaluate(t, result.Text+"  pulumiConfig: {}\n"), custom.Project), name)
	env := evaluateWith(t, result.Text, environments{"my-project/my-imported-env@stable": hostile})
	assert.Len(t, configured(t, env, custom.Project)[name], 3)
}
