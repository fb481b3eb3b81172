package awsparameterstore

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit/limittest"
)

func TestNames(t *testing.T) {
	t.Parallel()
	limittest.Names(t, nameLimit, []string{
		"a", "/a/b", "/prod/db.user_x-1", strings.Repeat("a", 900), "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15",
	},
		map[string]string{
			"": "empty", "/a b": "not allowed", "//a": "not allowed", "/a/": "not " +
				"allowed", "a/b": "must begin with /", "/a": "leave it out",
			"/aws/x": "must not begin with aws", "SSMthing": "must not begin with " +
				"ssm", "awsx": "must not begin with aws",
			"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16": "more than 15 " +
				"levels", strings.Repeat("a", 957): "957 characters",
		})
}

func TestValues(t *testing.T) {
	t.Parallel()
	limittest.Values(t, valueLimit("Standard"), 4096, false)
	limittest.Values(t, valueLimit("Advanced"), 8192, false)
	limittest.Values(t, valueLimit("Intelligent-Tiering"), 8192, false)
}

func TestTags(t *testing.T) {
	t.Parallel()
	limittest.Tags(t, tagLimit, limittest.TagCases{
		GoodKeys:   []string{"a", "Ä b_.:/=+@-1", limittest.Long(128)},
		BadKeys:    []string{"", "aws:x", "a!", "a\nb", limittest.Long(129)},
		GoodValues: []string{"", "x y", limittest.Long(256)},
		BadValues:  []string{"a!", "a\tb", limittest.Long(257)},
		Most:       49,
	})
}

func TestParameterStoreRefusesReferences(t *testing.T) {
	t.Parallel()
	rule := valueLimit("Standard")
	require.ErrorContains(t, rule.Check("a{{hunter2}}b"), "{{...}}")
	assert.NotContains(t, rule.Check("a{{hunter2}}b").Error(), "hunter2")
	require.NoError(t, rule.Check("}} {{"))
	require.NoError(t, rule.Check(`{"a":{"b":"c"}}`))
}

func TestTexts(t *testing.T) {
	t.Parallel()
	require.NoError(t, descriptionLimit.Check(""))
	require.NoError(t, descriptionLimit.Check(strings.Repeat("ü", 1024)))
	require.ErrorContains(t, descriptionLimit.Check(strings.Repeat("ü", 1025)), "has 1025 characters")
}
