package document_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

func TestNumbersThatFloat64Keeps(t *testing.T) {
	t.Parallel()
	for text, kept := range map[string]bool{
		"0": true, "-1.50": true, "0.1": true, "1e21": true, "9007199254740992": true, "12345678901234567000": true,
		"9007199254740993": false, "12345678901234567890": false, "0.12345678901234567890": false, "1e400": false,
		"1e-400": false, "1e-999999999": false, "0e-999999999": true,
	} {
		assert.Equal(t, kept, document.KeptByFloat64(text), text)
	}
}

func TestNumbersAreReportedWhereTheyAre(t *testing.T) {
	t.Parallel()
	value, err := document.FromJSON([]byte(`{"a":[1,{"b":12345678901234567890}],"c":"12345678901234567890"}`))
	require.NoError(t, err)
	var problems problem.List
	document.CheckNumbers(problem.At("value"), value, "it keeps", &problems)
	require.Len(t, problems, 1)
	assert.Equal(t, "value.a[1].b", problems[0].Path.String())
	assert.NotContains(t, problems.Text(), "1234")
}
