package document_test

import (
	"math"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

const (
	lost     = ": is a number beyond 2^53, which would lose digits: quote it"
	exponent = ": is a number that would be rewritten with an exponent: quote it"
	replaced = ": contains bytes that are not UTF-8, which would not arrive intact: give it as base64 text, which " +
		"keys.binary pushes as bytes"
)

func TestCheckLeavesOfAProgram(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		give property.Value
		want string
	}{
		"a snowflake":     {property.New(float64(1138247193857249281)), lost},
		"the first":       {property.New(float64(1 << 53)), lost},
		"the first below": {property.New(float64(-1 << 53)), lost},
		"a big one":       {property.New(1e21), exponent},
		"a tiny one":      {property.New(1e-7), exponent},
		"a secret":        {property.New(1e17).WithSecret(true), lost},
		"none at all":     {property.New(math.NaN()), lost},
		"bytes":           {property.New("\ufffd\ufffd\x00\x02"), replaced},
		"as they are":     {property.New("\xfe\xed\x00\x02"), replaced},
	} {
		var problems problem.List
		at := problem.At("value").Key("a.b").Index(0)
		document.CheckLeaves(at, document.FromProperty(at, test.give, &problems), document.FromProgram, &problems)
		assert.Equal(t, `value["a.b"][0]`+test.want, problems.Text(), name)
	}
	var problems problem.List
	fine := document.FromProperty(problem.At("value"), property.New(map[string]property.Value{
		"most": property.New(float64(1<<53 - 1)), "ratio": property.New(0.1), "price": property.New(1234567.5),
		"none": property.New(property.Null), "unknown": property.New(property.Computed), "yes": property.New(true),
		"quoted": property.New("1e-7"), "base64": property.New("/u3+7QAAAAI="), "umlaut": property.New("ü€😀"),
	}), &problems)
	document.CheckLeaves(problem.At("value"), fine, document.FromProgram, &problems)
	assert.Empty(t, problems)
}

func TestCheckLeavesOfESC(t *testing.T) {
	t.Parallel()
	node, err := document.FromJSON([]byte(`{"snowflake": 1138247193857249281, "big": -12345678901234567890, "kept": 1.10,
		"acct": 1.2345678901e+10, "list": [{"E": 1E5, "jks": "\ufffd\u0000"}], "a\ufffd": 1, "half": "\ud800"}`))
	require.NoError(t, err)
	var problems problem.List
	document.CheckLeaves(problem.At("value"), node, document.FromESC, &problems)
	assert.Equal(t, []string{
		"value.acct" + exponent,
		"value[\"a�\"]: has a key with bytes that are not UTF-8: rename it",
		"value.half" + replaced,
		"value.list[0].E" + exponent,
		"value.list[0].jks" + replaced,
	}, problems.Lines())
}
