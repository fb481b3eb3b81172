package provider

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A repository holds so many secrets, whoever made them.
func TestGithubCountsWhatExists(t *testing.T) {
	t.Parallel()
	for there, refused := range map[int]bool{98: false, 99: true} {
		run := constructTarget(t, targetCase{
			typ: "GithubSecretsTarget",
			call: func(integration.MockCallArgs) (property.Map, error) {
				var names []any
				for i := range there {
					names = append(names, object{"name": fmt.Sprintf("N%d", i), "createdAt": "x", "updatedAt": "x"})
				}
				return outputs(object{"name": "shop", "secrets": names}), nil
			},
			inputs: map[string]property.Value{"destination": props(t, object{"repository": "shop"}), "value": nested(t)},
		})
		if refused {
			require.ErrorContains(t, run.Err, "with the 99 secrets that exist there, this sync has 101 keys")
			assert.Empty(t, run.children)
		} else {
			require.NoError(t, run.Err)
		}
	}
}

// GitHub stores and lists names in capitals: a name that is given otherwise is the same secret.
func TestGithubNamesAreFoundWhateverTheirCase(t *testing.T) {
	t.Parallel()
	for name, destination := range map[string]object{
		"CONFIG_JSON": {"repository": "shop", "mapping": "json", "name": "config_json"},
		"APP_DB_USER": {"repository": "shop", "name": "app"},
	} {
		run := constructTarget(t, targetCase{
			typ: "GithubSecretsTarget",
			call: func(integration.MockCallArgs) (property.Map, error) {
				return outputs(object{"name": "shop", "secrets": []any{
					object{"name": name, "createdAt": "x", "updatedAt": "x"},
				}}), nil
			},
			inputs: map[string]property.Value{"destination": props(t, destination), "value": nested(t)},
		})
		require.NoError(t, run.Err)
		found := run.inventory.input("found").AsMap()
		assert.Equal(t, 1, found.Len())
		assert.Equal(t, "unmarked", found.Get("githubSecrets/actions/shop/"+name).AsString())
	}
}

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
