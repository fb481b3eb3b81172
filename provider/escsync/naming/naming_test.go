package naming

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"prod-db_1.x":            "",
		strings.Repeat("a", 100): "",
		"":                       "empty",
		strings.Repeat("a", 101): "at most 100 characters, has 101",
		"a/b":                    "letters, digits",
		"a b":                    "letters, digits",
		"$(id)":                  "letters, digits",
		"ä":                      "letters, digits",
		"..":                     "periods only",
		"-rf":                    "hyphen",
	} {
		got := Check(name)
		if want == "" {
			require.NoError(t, got, name)
		} else {
			require.ErrorContains(t, got, want, name)
		}
	}
}

func TestDefault(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "shop-dev-db", Default("shop", "dev", "db"))
	assert.Regexp(t, `^shop-dev-my-secrets-[0-9a-f]{8}$`, Default("shop", "dev", "my secrets"))
	assert.Regexp(t, `^shop-dev-a+-[0-9a-f]{8}$`, Default("shop", "dev", strings.Repeat("a", 200)))
	assert.NotEqual(t, Default("shop", "dev", "my secrets"), Default("shop", "dev", "my/secrets"))
}

// Pulumi Cloud accepts every default name, and different resources get different names.
func TestDefaultIsAlwaysValid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		one, other := rapid.String().Draw(t, "one"), rapid.String().Draw(t, "other")
		require.NoError(t, Check(Default("shop", "dev", one)))
		if one != other {
			assert.NotEqual(t, Default("shop", "dev", one), Default("shop", "dev", other))
		}
	})
}

// Import parses references both for the check and for questions about the environment.
func TestImport(t *testing.T) {
	t.Parallel()
	for reference, want := range map[string]string{
		"shop/db": "shop db", "shop/db@3": "shop db", "shop/db@stable": "shop db",
		"db": "", "shop@1/db": "", "shop/db@": "", "shop/db@a/b": "", "shop/db/x": "", "": "",
	} {
		project, environment, err := Import(reference)
		assert.Equal(t, want, strings.TrimSpace(project+" "+environment), reference)
		assert.Equal(t, want == "", err != nil, reference)
	}
	require.NoError(t, CheckImport("shop/db@3", "shop/other"))
	require.ErrorContains(t, CheckImport("shop/db@3", "shop/db"), "cannot import itself")
	require.ErrorContains(t, CheckImport("db@3", ""), "did you mean default/environment?")
}
