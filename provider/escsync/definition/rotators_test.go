package definition

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const rotatorWarning = ": rotates a credential in the sync's own environment: a rotation rewrites that, and the next " +
	"change of the sync's inputs, or a `pulumi up --refresh`, puts the old credential back. " +
	"Move it to an environment of its own, and import that"

// A rotation rewrites the definition on the service, and the next change of the program would revert it.
func TestRotatorsOfADefinition(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ values, at string }{
		"long":            {"key: {fn::rotate: {provider: aws-iam, inputs: {a: 1}}}", `key["fn::rotate"]`},
		"short, in lists": {"k: [[{fn::rotate::aws-iam: {inputs: {a: 1}}}]]", `k[0][0]["fn::rotate::aws-iam"]`},
		"none":            {"key: {fn::open::aws-login: {oidc: {}}}, rotate: fn::rotate", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := Complete("values: {"+test.values+", sync: {vault: {value: x}}}", Spec{Platform: "vault"})
			require.Empty(t, result.Problems)
			want := ""
			if test.at != "" {
				want = "definition.values." + test.at + rotatorWarning
			}
			assert.Equal(t, want, result.Warnings.Text())
		})
	}
}

func TestRotatorsOfEnvironmentValues(t *testing.T) {
	t.Parallel()
	in := spec(property.New("x"))
	in.EnvironmentValues = obj("key", obj("fn::rotate::aws-iam", obj("inputs", obj("a", "b"))))
	result := Render(in)
	require.Empty(t, result.Problems)
	assert.Equal(t, `environmentValues.key["fn::rotate::aws-iam"]`+rotatorWarning, result.Warnings.Text())
}
