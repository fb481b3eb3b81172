package docs

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/messages"
)

const troubleshooting = "docs/troubleshooting.md"

var (
	messageColumn = regexp.MustCompile(`(?m)^\| ([^|]*) \|`)
	verb          = regexp.MustCompile(`%[a-z]`)
)

// Every message that docs/troubleshooting.md explains is one of the provider's: who changes a message meets its
// explanation.
func TestExplainedMessagesExist(t *testing.T) {
	t.Parallel()
	texts, err := messages.All(repository)
	require.NoError(t, err)
	explanations := explained(t)
	assert.Greater(t, len(explanations), 150)
	for _, message := range explanations {
		assert.True(t, messages.Says(texts, message), "no text in provider/ says %q", message)
	}
}

// What is no message of its own, or needs no row.
const (
	kindOfValue = "the kind of a value, at the end of `must be …, not …`"
	partOfText  = "a part of another message, or text that is no message"
	ownFault    = "for a fault in this package"
)

// notExplained are the formats of problems without a row, and why.
var notExplained = map[string]string{
	"a boolean":  kindOfValue,
	"a list":     kindOfValue,
	"a number":   kindOfValue,
	"a resource": kindOfValue,
	"a string":   kindOfValue,
	"an asset":   kindOfValue,
	"an object":  kindOfValue,
	" (…)":       partOfText,
	"%d * * * *": partOfText,
	"%s (%s)":    partOfText,
	"%s %s (%s)": partOfText,

	"another type":                  ownFault,
	"the schema has no resource %s": ownFault,
	"the schema has no type %s":     ownFault,
	"rendering the environment: %s": ownFault,
}

// Every reason that the provider gives for a problem of an input has its row: who adds one meets the page.
func TestEveryProblemIsExplained(t *testing.T) {
	t.Parallel()
	problems, err := messages.Problems(repository)
	require.NoError(t, err)
	slices.Sort(problems)
	rows := explained(t)
	for _, problem := range slices.Compact(problems) {
		_, excused := notExplained[problem]
		said := slices.ContainsFunc(rows, func(row string) bool {
			return messages.Says([]string{verb.ReplaceAllString(problem, "…")}, row)
		})
		assert.NotEqual(t, excused, said, "explained: %t, said to be explained: %t: %q", said, !excused, problem)
	}
	for problem := range notExplained {
		assert.Contains(t, problems, problem, "no such problem")
	}
}

// explained are the messages in the first column of the page's tables, without what others say. A message says
// something: `must be …` would explain all.
func explained(t *testing.T) []string {
	t.Helper()
	own, _, found := strings.Cut(page(t, troubleshooting), "\n## Messages of others")
	require.True(t, found)
	var texts []string
	for _, row := range messageColumn.FindAllStringSubmatch(own, -1) {
		for _, message := range quoted.FindAllStringSubmatch(row[1], -1) {
			if text := message[1]; strings.Contains(text, " ") {
				assert.Greater(t, len(strings.ReplaceAll(text, "…", "")), 6, "%q explains too much", text)
				texts = append(texts, text)
			}
		}
	}
	return texts
}
