package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// template is previewed as the project that `pulumi new` creates from it.
const template = "golden-path"

var (
	yamlProgram = regexp.MustCompile(`(?m)^runtime: yaml$`)
	projectName = regexp.MustCompile(`(?m)^name: (\S+)$`)
)

// secretConfig are the secrets that an example asks its user for.
var secretConfig = map[string]string{"access-token": "syncToken", "standalone-target": "databasePassword"}

// The real CLI previews every YAML example with this repository's provider: the inputs pass the provider's checks, and
// the engine would create the resources. Nothing is created.
func TestExamplesPreview(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{Roles: []pulumicloud.Role{{Name: "syncs"}}})
	require.NoError(t, h.CreateExampleEnvironments(t.Context()))
	target, err := h.WriteProgram("name: escsync-target\nruntime: yaml\n")
	require.NoError(t, err)
	_, err = h.Preview(t.Context(), target, "escsync-target/shop-prod-database") // creates what sync-status asks about
	require.NoError(t, err)
	found, err := filepath.Glob(filepath.Join(repository, "examples", "*", "Pulumi.yaml"))
	require.NoError(t, err)
	previewed := 0
	for _, file := range found {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if !yamlProgram.Match(text) {
			continue
		}
		previewed++
		name := filepath.Base(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, err := h.Program(filepath.ToSlash(filepath.Join("examples", name)))
			require.NoError(t, err)
			stack := string(projectName.FindSubmatch(text)[1]) + "/" + name // several projects are called shop
			var args []string
			if key := secretConfig[name]; key != "" {
				require.NoError(t, h.SetSecretConfig(t.Context(), dir, stack, key, "none"))
			}
			if name == template {
				dir = newProject(t, h, dir)
				stack = "shop-secrets/dev"
				args = []string{"--config", "environment=shop/database@stable", "--config", "secretName=prod/shop/database"}
			}
			result, err := h.Preview(t.Context(), dir, stack, args...)
			require.NoError(t, err)
			created := 0
			for _, step := range result.Steps {
				if strings.Contains(step.URN, "::escsync:index:") && strings.Count(step.URN, "$") == 0 {
					created++
				}
			}
			assert.Equal(t, strings.Count(string(text), "type: escsync:"), created, "the resources of the package")
		})
	}
	assert.GreaterOrEqual(t, previewed, 19)
}

// newProject creates a project from the template, as a developer would, and returns its folder.
func newProject(t *testing.T, h *harness.Harness, template string) string {
	t.Helper()
	dir, err := h.WriteProgram("")
	require.NoError(t, err)
	require.NoError(t, os.Remove(filepath.Join(dir, "Pulumi.yaml")))
	_, err = h.Pulumi(t.Context(), dir, "new", template, "--generate-only", "--yes",
		"--name", "shop-secrets", "--description", "The secrets of the shop")
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(dir, "Pulumi.yaml"))
	require.NoError(t, err)
	assert.Contains(t, string(text), "name: shop-secrets\n")
	return dir
}
