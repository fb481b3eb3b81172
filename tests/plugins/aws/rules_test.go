package aws

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSecretValueRules(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		text   string
		binary []byte
		code   string
	}{
		"the largest text":    {text: strings.Repeat("x", 65536)},
		"one byte too many":   {text: strings.Repeat("x", 65537), code: "ValidationException"},
		"bytes, not letters":  {text: strings.Repeat("ä", 32769), code: "ValidationException"},
		"the largest binary":  {binary: make([]byte, 65536)},
		"a binary too large":  {binary: make([]byte, 65537), code: "ValidationException"},
		"nothing":             {code: "InvalidRequestException"},
		"a text of one space": {text: " "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectCode(t, checkSecretValue(row.text, row.binary), row.code)
		})
	}
}

func TestParameterRules(t *testing.T) {
	t.Parallel()
	for label, row := range map[string]struct{ name, value, tier, code string }{
		"a path":                     {name: "/a/b.c_d-e", value: "v"},
		"an empty value":             {name: "a", code: "ValidationException"},
		"the largest standard value": {name: "a", value: strings.Repeat("x", 4096)},
		"a larger standard value":    {name: "a", value: strings.Repeat("x", 4097), code: "ValidationException"},
		"a larger advanced value":    {name: "a", value: strings.Repeat("x", 4097), tier: "Advanced"},
		"the tier chosen by AWS":     {name: "a", value: strings.Repeat("x", 8192), tier: tierIntelligent},
		"too large for any tier": {
			name:  "a",
			value: strings.Repeat("x", 8193),
			tier:  tierIntelligent,
			code:  "ValidationException",
		},
		"a nested parameter":      {name: "a", value: "x{{ssm:y}}", code: "ValidationException"},
		"single braces":           {name: "a", value: `{"x":{"y":1}}`, code: ""},
		"a space in the name":     {name: "a b", value: "v", code: "ValidationException"},
		"a path without its root": {name: "a/b", value: "v", code: "ValidationException"},
		"the prefix aws":          {name: "/AWS/x", value: "v", code: "ValidationException"},
		"the prefix ssm":          {name: "ssmx", value: "v", code: "ValidationException"},
		"fifteen levels":          {name: strings.Repeat("/a", 15), value: "v"},
		"sixteen levels":          {name: strings.Repeat("/a", 16), value: "v", code: "HierarchyLevelLimitExceededException"},
		"a name too long":         {name: strings.Repeat("a", 1012), value: "v", code: "ValidationException"},
	} {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			expectCode(t, checkParameter(row.name, row.value, row.tier), row.code)
		})
	}
}

func expectCode(t *testing.T, err error, code string) {
	t.Helper()
	if code == "" {
		require.NoError(t, err)
		return
	}
	assert.True(t, hasCode(err, code), "got %v, want %s", err, code)
}

func TestSecretNameProblem(t *testing.T) {
	t.Parallel()
	assert.Empty(t, secretNameProblem("prod/db_1+=.@-x"))
	assert.Empty(t, secretNameProblem(strings.Repeat("x", 512)))
	assert.NotEmpty(t, secretNameProblem(strings.Repeat("x", 513)))
	assert.NotEmpty(t, secretNameProblem(`"quoted"`))
	assert.NotEmpty(t, secretNameProblem(""))
}

func TestChangedTags(t *testing.T) {
	t.Parallel()
	add, remove := changedTags(
		map[string]string{"a": "1", "b": "2", "c": "3"},
		map[string]string{"a": "1", "b": "9", "d": "4"},
	)
	assert.Equal(t, map[string]string{"b": "9", "d": "4"}, add)
	assert.Equal(t, []string{"c"}, remove)
}
