package provider_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A boolean that is unknown at preview is refused at its path, and not by the SDK's decoder, which names none. Those of
// a destination are told to the target program only, so they may be unknown.
func TestEscSyncRefusesUnknownBooleans(t *testing.T) {
	t.Parallel()
	met := map[bool]int{}
	for path, typ := range inputPaths(t) {
		if typ.Type != "boolean" {
			continue
		}
		ofDestination := strings.HasPrefix(path, "destination.")
		met[ofDestination]++
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			req := escSync(patternInputs(hostileInputs(path, property.New(property.Computed))))
			req.DryRun = true
			r := construct(t, req)
			if ofDestination {
				require.NoError(t, r.err)
				assert.NotEmpty(t, r.recorder.registered)
				return
			}
			assert.Equal(t, []string{path}, refused(t, r))
			assert.Empty(t, r.recorder.registered, "nothing may be registered")
		})
	}
	assert.GreaterOrEqual(t, met[false], 7, "the schema was not read")
	assert.Positive(t, met[true], "the schema was not read")
}
