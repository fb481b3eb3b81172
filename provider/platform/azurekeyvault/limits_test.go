package azurekeyvault

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit/limittest"
)

func TestNames(t *testing.T) {
	t.Parallel()
	limittest.Names(t, nameLimit, []string{"a", "My-Name-1", strings.Repeat("a", 127)},
		map[string]string{"MY_AZURE_NAME": "hyphens only", "a.b": "hyphens " +
			"only", strings.Repeat("a", 128): "128 characters"})
}

func TestValues(t *testing.T) {
	t.Parallel()
	limittest.Values(t, valueLimit, 25600, false)
}

func TestTags(t *testing.T) {
	t.Parallel()
	limittest.Tags(t, tagLimit, limittest.TagCases{
		GoodKeys:   []string{"a", "Ä!", limittest.Long(512)},
		BadKeys:    []string{"", limittest.Long(513)},
		GoodValues: []string{"", limittest.Long(512)},
		BadValues:  []string{limittest.Long(513)},
		Most:       14,
	})
}

func TestVaultsAndResourceGroups(t *testing.T) {
	t.Parallel()
	limittest.Texts(t, checkVaultName,
		[]string{"kv1", "My-vault-2", strings.Repeat("a", 24)},
		[]string{"", "kv", "1kv", "kv-", "my--vault", "my_vault", "kv.vault.azure.net", strings.Repeat("a", 25)})
	limittest.Texts(t, checkResourceGroup,
		[]string{"a", "rg_1-(x).y", "gruppe-ä", "1", strings.Repeat("a", 90)},
		[]string{"", "rg.", "a/b", "a b", strings.Repeat("a", 91)})
}

func TestTexts(t *testing.T) {
	t.Parallel()
	require.NoError(t, contentTypeLimit.Check(""))
	require.NoError(t, contentTypeLimit.Check(strings.Repeat("ü", 255)))
	require.ErrorContains(t, contentTypeLimit.Check(strings.Repeat("ü", 256)), "has 256 characters")
}
