package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/messages"
)

var explained = regexp.MustCompile("(?m)^\\| `([^`]+)`")

// Every message that docs/troubleshooting.md explains is one of the provider's: who changes a message meets its
// explanation.
func TestExplainedMessagesExist(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(repository, "docs", "troubleshooting.md"))
	require.NoError(t, err)
	texts, err := messages.All(repository)
	require.NoError(t, err)
	explanations := explained.FindAllStringSubmatch(ownMessages(t, string(page)), -1)
	assert.Greater(t, len(explanations), 50)
	for _, message := range explanations {
		assert.True(t, messages.Says(texts, message[1]), "no text in provider/ says %q", message[1])
	}
}

// ownMessages is the page without what others say.
func ownMessages(t *testing.T, page string) string {
	t.Helper()
	own, _, found := strings.Cut(page, "## Messages of others")
	require.True(t, found)
	return own
}
