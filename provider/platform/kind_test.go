package platform_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// The inventory notes the kind of a value only where the mapping follows from it, so that a program which gives the
// mapping may change the kind.
func TestTheInventoryNotesTheKindOfAValue(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		value   any
		mapping string
		want    string
	}{
		{"x", "", "text"},
		{object{"a": "x"}, "", "object"},
		{[]any{"x"}, "", "object"},
		{"x", "single", ""},
		{object{"a": "x"}, "json", ""},
	} {
		destination := object{"name": "n"}
		if test.mapping != "" {
			destination["mapping"] = test.mapping
		}
		run := construct(t, targettest.Case{Type: "AwsSecretsManagerTarget", Inputs: map[string]property.Value{
			"destination": props(t, destination), "value": props(t, test.value),
		}})
		require.NoError(t, run.Err)
		assert.Equal(t, test.want, run.Inventory.Input("kind").AsString(), "%v", test)
	}
}
