package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/version"
)

const repository = "../.."

// ACCEPT=1 rewrites the pages, as tests/docs/update does.
func TestSnippetsAndTables(t *testing.T) {
	t.Parallel()
	schema, err := readSchema(repository)
	require.NoError(t, err)
	all, err := pages(repository)
	require.NoError(t, err)
	require.NotEmpty(t, all)
	for _, page := range all {
		file := filepath.Join(repository, filepath.FromSlash(page))
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		want, err := render(repository, schema, string(text))
		require.NoError(t, err, page)
		if os.Getenv("ACCEPT") != "" {
			require.NoError(t, os.WriteFile(file, []byte(want), 0o600))
			continue
		}
		assert.Equal(t, want, string(text), "%s: run tests/docs/update", page)
	}
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// ownPages is the start of the GitHub URL of a file of this repository.
const ownPages = version.Repository + "/blob/main/"

// registryPages are also shown by the Pulumi Registry, which has no other page of this repository.
var registryPages = []string{"docs/_index.md", "docs/installation-configuration.md"}

// Links inside the repository lead to a file, and those with a # to one of its headings.
func TestLinks(t *testing.T) {
	t.Parallel()
	all, err := pages(repository)
	require.NoError(t, err)
	all = append(all, "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
	for _, page := range all {
		file := filepath.Join(repository, filepath.FromSlash(page))
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, match := range link.FindAllStringSubmatch(string(text), -1) {
			target, heading, _ := strings.Cut(match[1], "#")
			own, isOwn := strings.CutPrefix(target, ownPages)
			to := filepath.Join(filepath.Dir(file), filepath.FromSlash(target))
			switch {
			case isOwn:
				to = filepath.Join(repository, filepath.FromSlash(own))
			case strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:"):
				continue
			case target == "":
				to = file
			default:
				assert.NotContains(t, registryPages, page, "%s is not in the Registry: give its address on GitHub", target)
			}
			if _, err := os.Stat(to); !assert.NoError(t, err, "%s links to %s", page, match[1]) || heading == "" {
				continue
			}
			assert.Contains(t, headings(t, to), heading, "%s links to %s", page, match[1])
		}
	}
}

var notInAnchor = regexp.MustCompile(`[^a-z0-9 _-]`)

// headings returns the anchors that GitHub creates for a page's headings.
func headings(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var found []string
	for line := range strings.Lines(string(text)) {
		if title := strings.TrimLeft(line, "#"); title != line && strings.HasPrefix(title, " ") {
			anchor := notInAnchor.ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "")
			found = append(found, strings.ReplaceAll(anchor, " ", "-"))
		}
	}
	return found
}

func TestRenderRefusesWhatHasNoSource(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ page, wrong string }{
		{"text\n```yaml\na: 1\n```", "line 2: the yaml block has no comment before it"},
		{"<!-- snippet: examples/nothing.yaml -->\n```yaml\n```", "line 1: reading the snippet"},
		{"<!-- snippet: go.mod -->\n```yaml\n```", "line 1: go.mod is not in examples/"},
		{"<!-- snippet: examples/yaml/Pulumi.yaml -->\ntext", "line 1: no block follows the comment"},
		{"<!-- snippet: examples/yaml/Pulumi.yaml -->\n```yaml\n", "line 1: there is no ```"},
		{"<!-- inputs: escsync:index:Nothing -->\n<!-- end -->", "line 1: the schema has no escsync:index:Nothing"},
		{"text\n<!-- inputs: escsync:index:Source -->\n| old |\n", "line 2: there is no <!-- end -->"},
		{"text\n```sh\nmake demo\n", "line 2: there is no ```"},
	} {
		schema, err := readSchema(repository)
		require.NoError(t, err)
		_, err = render(repository, schema, test.page)
		assert.ErrorContains(t, err, test.wrong)
	}
}

func TestRenderReplacesWhatIsOld(t *testing.T) {
	t.Parallel()
	schema, err := readSchema(repository)
	require.NoError(t, err)
	page, err := render(repository, schema, "a\n<!-- snippet: examples/yaml/Pulumi.yaml -->\n```yaml\nold: 1\n```\n"+
		"<!-- inputs: escsync:index:SourceAuth -->\nold\n<!-- end -->\nb")
	require.NoError(t, err)
	assert.NotContains(t, page, "old")
	assert.Contains(t, page, "```yaml\nname: escsync-example-yaml\n")
	assert.Contains(t, page,
		"| `password` | string, secret | The password, or an access token, with `username`. |\n")
	assert.True(t, strings.HasSuffix(page, "<!-- end -->\nb"))
}
