package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/escsync"
)

// SDKs fill in the defaults of the schema, and Pulumi YAML does not. Both must make the same sync, whatever the
// destination.
func TestEscSyncTreatsADefaultAsNotGiven(t *testing.T) {
	t.Parallel()
	own := source(props{"project": str("own")})
	own["destination"] = obj(props{"custom": obj(props{"name": str("sample")})})
	for name, destination := range map[string]props{"a platform": nil, "a program of one's own": own} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			filled := patternInputs(destination)
			for input, spec := range packageSchema(t).Resources[escsync.Token].InputProperties {
				if spec.Default != nil {
					value, err := property.Any(spec.Default)
					require.NoError(t, err)
					filled[input] = value
				}
			}
			require.Greater(t, len(filled), len(patternInputs(destination)))
			r, want := construct(t, escSync(filled)), construct(t, escSync(patternInputs(destination)))
			require.NoError(t, r.err)
			require.NoError(t, want.err)
			assert.Equal(t, want.children(), r.children())
		})
	}
}
