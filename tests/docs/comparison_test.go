package docs

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var ownLines = regexp.MustCompile(`\| (\d+) \(\[the example\]`)

// docs/comparison.md counts the lines of README.md's first program.
func TestLinesOfTheComparison(t *testing.T) {
	t.Parallel()
	count := ownLines.FindStringSubmatch(page(t, "docs/comparison.md"))
	require.NotNil(t, count)
	program := page(t, "examples/yaml/Pulumi.yaml")
	lines := 0
	for line := range strings.Lines(program) {
		if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "#") {
			lines++
		}
	}
	assert.Equal(t, strconv.Itoa(lines), count[1])
}
