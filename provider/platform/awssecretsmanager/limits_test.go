package awssecretsmanager

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit/limittest"
)

func TestNames(t *testing.T) {
	t.Parallel()
	limittest.Names(t, nameLimit, []string{"prod/db", "a", "A_+=.@-", "name-in-secrets-manager", "a-12345", "my-secret",
		"prod/app-config", strings.Repeat("a", 512)},
		map[string]string{
			"": "empty", "a b": "not allowed", "é": "not allowed",
			strings.Repeat("a", 513): "513 characters",
		})
}

func TestValues(t *testing.T) {
	t.Parallel()
	limittest.Values(t, valueLimit, 65536, false)
}

func TestTags(t *testing.T) {
	t.Parallel()
	limittest.Tags(t, tagLimit, limittest.TagCases{
		GoodKeys:   []string{"a", "Ä b", "a!", limittest.Long(128)},
		BadKeys:    []string{"", "aws:x", "AWS:x", limittest.Long(129)},
		GoodValues: []string{"", "a!", strings.Repeat("ü", 256)},
		BadValues:  []string{limittest.Long(257)},
		Most:       49,
	})
}

func TestRecoveryWindow(t *testing.T) {
	t.Parallel()
	for _, days := range []int{0, 7, 30} {
		require.NoError(t, checkRecoveryWindow(days), days)
	}
	for _, days := range []int{-1, 1, 6, 31} {
		require.ErrorContains(t, checkRecoveryWindow(days), "must be 7 to 30, or 0", days)
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	require.NoError(t, descriptionLimit.Check(""))
	require.NoError(t, descriptionLimit.Check(strings.Repeat("ü", 2048)))
	require.ErrorContains(t, descriptionLimit.Check(strings.Repeat("ü", 2049)), "has 2049 characters")
}
