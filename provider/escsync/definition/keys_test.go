package definition

import (
	"context"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

const unreadable = "a key with a secret below it cannot end in a backslash: ESC could store the environment, " +
	"but not read it again. Use another key"

// Only what ESC cannot read is refused: the service, too, decrypts a definition to show it.
func TestKeysThatESCCannotReadAreRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		key   string
		value property.Value
		bad   bool
	}{
		"only a backslash":               {`\`, secret("s"), true},
		"ends in one":                    {`DOMAIN\`, secret("s"), true},
		"ends in two":                    {`a\\`, secret("s"), true},
		"the secret is deeper":           {`a\`, obj("k", property.New([]property.Value{secret("s")})), true},
		"has one inside":                 {`a\b`, secret("s"), false},
		"has one before a quote":         {`a\"`, secret("s"), false},
		"nothing is secret":              {`a\`, obj("k", "plain"), false},
		"all of it is a secret together": {"a", obj(`a\`, "s").WithSecret(true), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value := property.New(map[string]property.Value{test.key: test.value})
			require.Equal(t, test.bad, !escShows(t, value), "what ESC makes of it")
			s := spec(value)
			s.EnvironmentValues = obj("own", obj(`k\`, obj(secretFunction, "s")))
			problems := Render(s).Problems
			want := []string{`environmentValues.own["k\\"]: ` + unreadable}
			if test.bad {
				want = append(want, problem.At("value").Key(test.key).String()+": "+unreadable)
			}
			require.Equal(t, want, problems.Lines())
		})
	}
}

// escShows says whether ESC can decrypt the definition that a value makes.
func escShows(t *testing.T, value property.Value) bool {
	t.Helper()
	source, err := yaml.Marshal(mapping(valuesKey, (&renderer{}).node(problem.At("value"), value, interpolated)))
	require.NoError(t, err)
	stored := encrypt(t, string(source))
	_, err = eval.DecryptSecrets(context.Background(), "test", []byte(stored), newCrypter(t))
	return err == nil
}

func TestKeysOfADefinitionThatESCCannotReadAreRefused(t *testing.T) {
	t.Parallel()
	s := spec(property.Value{})
	source := `
values:
  'top\': {fn::secret: s}
  'plain\': text
  sync:
    awsSecretsManager:
      name: n
      value: {'in\': [{fn::secret: {ciphertext: ZXNjeA==}}], 'in\': again}
`
	problems := Complete(source, s).Problems
	require.Equal(t, []string{
		`definition.values.sync.awsSecretsManager.value["in\\"]: ` + unreadable,
		`definition.values.sync.awsSecretsManager.value["in\\"]: is given twice: remove one of the two`,
		`definition.values["top\\"]: ` + unreadable,
	}, problems.Lines())
}
