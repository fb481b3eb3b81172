package payload_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
)

func TestCheckReferences(t *testing.T) {
	t.Parallel()
	refused := func(at, kind string) string {
		return at + ": is a text with ${a} in it, which is " + kind + ": nothing was changed on the platform. Give it a " +
			"text in ESC, or leave it out"
	}
	for reference, want := range map[string]string{
		`"at":["url"],"reference":"a","value":null`:            refused("value.url", "null"),
		`"at":["l",1],"reference":"a","value":{"k":"hunter2"}`: refused("value.l[1]", "an object"),
		`"at":["o","a.b"],"reference":"a","value":["hunter2"]`: refused(`value.o["a.b"]`, "a list"),
		`"at":["url"],"reference":"n","value":1.2345678901e+10`: "value.url: is a text with ${n} in it, which is a number " +
			"that would be rewritten with an exponent: quote it",
		`"at":["url"],"reference":"n","value":12345678901234567890`: "",
		`"at":["url"],"reference":"a","value":""`:                   "",
		`"at":["url"],"reference":"a","value":false`:                "",
		`"at":["excluded"],"reference":"a","value":null`:            "",
		`"at":["l",2],"reference":"a","value":null`:                 "",
	} {
		decoded, err := payload.Decode(encode(`{"sync":{"vault":{"value":{"url":"u:@h","l":["","x"],"o":{"a.b":"x"}}}},
			"target":{"platform":"vault","references":[{` + reference + `}]}}`))
		require.NoError(t, err)
		var problems problem.List
		payload.CheckReferences(problem.At("value"), decoded.Value, decoded.References, &problems)
		assert.Equal(t, want, problems.Text(), reference)
	}
}
