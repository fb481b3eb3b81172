package vault

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// In a run the number still has all its digits from ESC. In a program the engine has already dropped some.
func TestANumberThatVaultsProviderWouldChangeIsRefused(t *testing.T) {
	t.Parallel()
	for setting, refused := range map[string]bool{"name": true, "path": false} {
		run := construct(t, targettest.Case{Type: "Target", Inputs: map[string]property.Value{
			"payload": payloadText(t, object{"sync": object{"vault": object{
				setting: "app", "value": object{"account": json.Number("12345678901234567890")},
			}}}),
		}})
		if refused {
			require.Error(t, run.Err)
			assert.Contains(t, strings.Join(run.Problems(t), "\n"), "is a number with more digits than Vault's provider keeps")
			assert.Empty(t, run.Children)
		} else {
			require.NoError(t, run.Err)
		}
	}
}
