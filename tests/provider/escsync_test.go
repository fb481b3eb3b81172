// Package provider_test runs the provider's server with mocks in place of the engine: Construct is called as the engine
// calls it, and every child that it registers is recorded.
package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEscSyncRegistersSixChildren(t *testing.T) {
	t.Parallel()
	r := construct(t, escSync(patternInputs()))
	require.NoError(t, r.err)
	for _, c := range r.children() {
		t.Logf("%s %s parent=%s deps=%v inputs=%v", c.Type, c.Name, c.Parent, c.Dependencies, c.Inputs)
	}
	t.Logf("out %v", r.response.State)
	assert.Len(t, r.children(), 5)
}

// patternInputs is the program of the README.
func patternInputs() map[string]property.Value {
	return map[string]property.Value{
		"imports": property.New([]property.Value{property.New("my-project/my-imported-env@stable")}),
		"value": property.New(map[string]property.Value{
			"myConfigKey": property.New("${my-imported-env-foo}"),
			"myNestedKey": property.New(map[string]property.Value{"haha": property.New("${my-imported-env-bar}")}),
			"mySecret":    property.New("${my-imported-env-password}"),
		}),
		"destination": property.New(map[string]property.Value{
			"awsSecretsManager": property.New(map[string]property.Value{
				"name":   property.New("name-in-secrets-manager"),
				"region": property.New("us-west-2"),
			}),
		}),
	}
}
