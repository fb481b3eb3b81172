package examples

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// shop is the program whose previews the pages show, in each language. The sync's value is inserted.
var shop = map[string]struct{ file, program, first, changed string }{
	"yaml": {
		file: "Pulumi.yaml",
		program: `name: shop
runtime: yaml
resources:
  db:
    type: escsync:EscSync
    properties:
      value: VALUE
      destination: {awsSecretsManager: {path: prod/db, region: us-west-2}}
`,
		first:   "{user: bob, password: {fn::secret: hunter2}, old: x}",
		changed: "{user: bob, password: {fn::secret: hunter3}, token: y}",
	},
	"typescript": {
		file: "index.ts",
		program: `import * as pulumi from "@pulumi/pulumi";
import * as escsync from "@escsync/pulumi-escsync";

new escsync.EscSync("db", {
    value: VALUE,
    destination: { awsSecretsManager: { path: "prod/db", region: "us-west-2" } },
});
`,
		first:   `{ user: "bob", password: pulumi.secret("hunter2"), old: "x" }`,
		changed: `{ user: "bob", password: pulumi.secret("hunter3"), token: "y" }`,
	},
}

// The pages show what a preview of the user's own program prints. It is the same in YAML and TypeScript, and contains
// no value. ACCEPT=1 updates the pages.
func TestPagesShowPreviews(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"yaml", "typescript"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			tools, err := harness.FindTools()
			require.NoError(t, err)
			h := harness.New(t, harness.Options{Environment: environment(t, tools)})
			dir, program := stage(t, tools, language), shop[language]
			settings := filepath.Join(dir, "Pulumi.yaml")
			text, err := os.ReadFile(settings)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(settings, projectName.ReplaceAll(text, []byte("name: shop")), 0o600))
			write := func(value string) {
				text := strings.Replace(program.program, "VALUE", value, 1)
				require.NoError(t, os.WriteFile(filepath.Join(dir, program.file), []byte(text), 0o600))
			}
			shows := func(name string, normalised func(string) string, args ...string) {
				result, err := h.Preview(ctx, dir, "shop/dev", args...)
				require.NoError(t, err)
				assert.NotContains(t, result.Stdout+result.Stderr, "hunter")
				assertShown(t, tools.Repository, name, normalised(result.Stdout))
			}
			write(program.first)
			shows("first", rows)
			_, err = h.Up(ctx, dir, "shop/dev")
			require.NoError(t, err)
			write(program.changed)
			shows("change", rows)
			shows("change-diff", run, "--diff")
		})
	}
}

var (
	row = regexp.MustCompile(`^ [+~-]  (\S+:\S+ \S+) .*$`)
	// build matches the warning of an unreleased build, and internal what --diff prints about the engine itself.
	build    = regexp.MustCompile(`warning: this build is not a release: .*`)
	internal = regexp.MustCompile(`(?m)^ *\[(id|urn|provider)=.*\]\n`)
	ofRun    = regexp.MustCompile(`(?s) *[+~] escsync:index:SyncRun:.*`)
	block    = regexp.MustCompile("(?s)<!-- preview: (\\S+) -->\n```text\n(.*?)```\n")
)

// rows returns the last line of each resource, ordered by type, because the engine creates several at once.
func rows(printed string) string {
	printed, _, _ = strings.Cut(build.ReplaceAllString(printed, ""), "Diagnostics:")
	printed, _, _ = strings.Cut(printed, "Resources:")
	last := map[string]string{}
	for line := range strings.Lines(printed) {
		if match := row.FindStringSubmatch(strings.TrimRight(line, "\n")); match != nil {
			last[match[1]] = strings.TrimRight(line, " \n") + "\n"
		}
	}
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(last)) {
		text.WriteString(last[name])
	}
	return text.String()
}

// run returns what --diff prints about the SyncRun.
func run(printed string) string {
	printed, _, _ = strings.Cut(internal.ReplaceAllString(printed, ""), "Resources:")
	return ofRun.FindString(printed)
}

// assertShown compares the output with the blocks of that name, or updates them.
func assertShown(t *testing.T, repository, name, printed string) {
	t.Helper()
	shown := 0
	for _, page := range []string{"README.md", "docs/preview.md"} {
		file := filepath.Join(repository, page)
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		now := block.ReplaceAllStringFunc(string(text), func(found string) string {
			match := block.FindStringSubmatch(found)
			if match[1] != name {
				return found
			}
			shown++
			if os.Getenv("ACCEPT") == "" {
				assert.Equal(t, match[2], printed, "%s shows another preview: ACCEPT=1 writes this one", page)
			}
			return "<!-- preview: " + name + " -->\n```text\n" + printed + "```\n"
		})
		if os.Getenv("ACCEPT") != "" {
			require.NoError(t, os.WriteFile(file, []byte(now), 0o600))
		}
	}
	assert.Positive(t, shown, "no page shows the preview %s", name)
}
