package docs

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var ownLines = regexp.MustCompile(`\| (\d+) \(the one at the top, in YAML, with its project\) \|`)

// README.md counts the lines of its own first program.
func TestLinesOfTheComparison(t *testing.T) {
	t.Parallel()
	readme := page(t, "README.md")
	count := ownLines.FindStringSubmatch(readme)
	require.NotNil(t, count)
	program := page(t, "examples/yaml/Pulumi.yaml")
	assert.Less(t, strings.Index(readme, program), strings.Index(readme, "\n## "), "the program is at the top")
	lines := 0
	for line := range strings.Lines(program) {
		if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "#") {
			lines++
		}
	}
	assert.Equal(t, strconv.Itoa(lines), count[1])
}
