package provider

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The provider replaces a secret whose value has changed. Old and new have one name, so the old one must go first.
func TestGithubSecretsAreDeletedBeforeTheyAreReplaced(t *testing.T) {
	t.Parallel()
	for name, destination := range map[string]object{
		"repository":               {"repository": "app"},
		"repository, codespaces":   {"repository": "app", "app": "codespaces"},
		"repository, dependabot":   {"repository": "app", "app": "dependabot"},
		"environment":              {"repository": "app", "environment": "production"},
		"organization":             {"visibility": "all"},
		"organization, codespaces": {"visibility": "all", "app": "codespaces"},
		"organization, dependabot": {"visibility": "all", "app": "dependabot"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := constructTarget(t, targetCase{typ: "GithubSecretsTarget", inputs: map[string]property.Value{
				"destination": props(t, destination), "value": props(t, object{"user": "u"}),
				"deletionPolicy": property.New("Delete"), "adopt": property.New("All"),
			}})
			require.NoError(t, run.Err)
			require.Len(t, run.children, 1)
			rpc := run.children[0].RegisterRPC
			assert.True(t, rpc.GetDeleteBeforeReplaceDefined() && rpc.GetDeleteBeforeReplace())
		})
	}
}
