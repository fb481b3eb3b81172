package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var explained = regexp.MustCompile("(?m)^\\| `([^`]+)`")

// Every message that docs/troubleshooting.md explains is one of the provider's: who changes a message meets its
// explanation.
func TestExplainedMessagesExist(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(repository, "docs", "troubleshooting.md"))
	require.NoError(t, err)
	texts := sourceTexts(t)
	messages := explained.FindAllStringSubmatch(ownMessages(t, string(page)), -1)
	assert.Greater(t, len(messages), 50)
	for _, message := range messages {
		assert.True(t, isSaid(texts, message[1]), "no text in provider/ says %q", message[1])
	}
}

// ownMessages is the page without what others say.
func ownMessages(t *testing.T, page string) string {
	t.Helper()
	own, _, found := strings.Cut(page, "## Messages of others")
	require.True(t, found)
	return own
}

// isSaid tells whether the parts between the ellipses stand in one text, in their order.
func isSaid(texts []string, message string) bool {
	for _, text := range texts {
		rest, all := text, true
		for part := range strings.SplitSeq(message, "…") {
			_, after, found := strings.Cut(rest, strings.TrimSpace(part))
			if !found {
				all = false
				break
			}
			rest = after
		}
		if all {
			return true
		}
	}
	return false
}

// sourceTexts are the string literals of the provider, joined where the source joins them with +.
func sourceTexts(t *testing.T) []string {
	t.Helper()
	var texts []string
	err := filepath.WalkDir(filepath.Join(repository, "provider"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			expression, ok := node.(ast.Expr)
			if !ok {
				return true
			}
			text, ok := joined(expression)
			if ok {
				texts = append(texts, text)
			}
			return !ok
		})
		return nil
	})
	require.NoError(t, err)
	return texts
}

// joined is the text of a literal, or of several that are added; what is not a literal counts for nothing.
func joined(expression ast.Expr) (string, bool) {
	switch e := expression.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, leftOK := joined(e.X)
		right, rightOK := joined(e.Y)
		return left + right, e.Op == token.ADD && (leftOK || rightOK)
	}
	return "", false
}

func TestIsSaid(t *testing.T) {
	t.Parallel()
	texts := []string{"has %d bytes, and the platform takes at most %d (%s)"}
	assert.True(t, isSaid(texts, "has … bytes, and the platform takes at most …"))
	assert.False(t, isSaid(texts, "has … bytes, and the platform takes at least …"))
	assert.False(t, isSaid(texts, "takes at most … bytes"))
}
