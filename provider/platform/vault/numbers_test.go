package vault

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestNumbersThatFloat64Keeps(t *testing.T) {
	t.Parallel()
	for text, kept := range map[string]bool{
		"0": true, "-1.50": true, "0.1": true, "1e21": true, "9007199254740992": true, "12345678901234567000": true,
		"9007199254740993": false, "12345678901234567890": false, "0.12345678901234567890": false, "1e400": false,
		"1e-400": false, "1e-999999999": false, "0e-999999999": true,
	} {
		assert.Equal(t, kept, keptByFloat64(text), text)
	}
}

func TestNumbersAreReportedWhereTheyAre(t *testing.T) {
	t.Parallel()
	value, err := document.FromJSON([]byte(`{"a":[1,{"b":12345678901234567890}],"c":"12345678901234567890"}`))
	require.NoError(t, err)
	var problems problem.List
	checkNumbers(problem.At("value"), value, &problems)
	require.Len(t, problems, 1)
	assert.Equal(t, "value.a[1].b", problems[0].Path.String())
	assert.NotContains(t, problems.Text(), "1234")
}

// A run has the digits that ESC keeps, and in a program the engine has taken them before.
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
			assert.Contains(t, strings.Join(run.Problems(t), "\n"), "is a number of more digits than Vault's provider keeps")
			assert.Empty(t, run.Children)
		} else {
			require.NoError(t, run.Err)
		}
	}
}
