package shellquote

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestQuote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         `''`,
		"my-project/my-env@stable": `my-project/my-env@stable`,
		"acme/p/s":                 `acme/p/s`,
		"two words":                `'two words'`,
		"$(id)":                    `'$(id)'`,
		"`id`":                     "'`id`'",
		"it's":                     `'it'\''s'`,
		"~root":                    `'~root'`,
		"a;b":                      `'a;b'`,
		"line\nbreak":              "'line\nbreak'",
		"häß":                      `'häß'`,
	} {
		got, err := Quote(text)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
}

func TestQuoteRefusesNUL(t *testing.T) {
	t.Parallel()
	_, err := Quote("a\x00b")
	require.ErrorContains(t, err, "NUL")
	_, err = Command("echo", "a\x00b")
	require.ErrorContains(t, err, "NUL")
}

func TestCommandQuotesEveryWord(t *testing.T) {
	t.Parallel()
	got, err := Command("pulumi", "config", "set", "name", "$(rm -rf /)")
	require.NoError(t, err)
	assert.Equal(t, `pulumi config set name '$(rm -rf /)'`, got)
}

// FuzzQuote passes each word to a real bash and reads it back.
func FuzzQuote(f *testing.F) {
	for _, seed := range []string{
		"", "a", "'", "''", `\`, "$x", "`id`", "\n", "\r\n", "-n", "\xff\xfe", "*", "!", "a b", "é",
	} {
		f.Add(seed)
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		f.Fatal("bash is needed to check the quoting: install bash")
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsRune(text, 0) {
			t.Skip("refused, see TestQuoteRefusesNUL")
		}
		quoted, err := Quote(text)
		require.NoError(t, err)
		out, err := exec.Command(bash, "-c", "printf '%s.' "+quoted).Output()
		require.NoError(t, err)
		assert.Equal(t, text+".", string(out))
	})
}
