package harness

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPatternSecretIsExactJSON(t *testing.T) {
	t.Parallel()
	assert.Equal(t, //nolint:testifylint // the bytes are the point
		`{"myConfigKey":"foo, from ESC","myNestedKey":{"haha":"bar, from ESC"},"mySecret":"a\"b\nc<&>$"}`,
		PatternSecret("a\"b\nc<&>$"))
}

func TestPatternDefinitionContainsNoDollar(t *testing.T) {
	t.Parallel()
	definition := PatternDefinition(`$a ${b} $$`)
	assert.NotContains(t, definition, "$")
	assert.Contains(t, definition, `fn::secret: "\"\\u0024a \\u0024{b} \\u0024\\u0024\""`)
}
