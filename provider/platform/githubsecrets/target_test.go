package githubsecrets

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// The limit on a repository counts all secrets, whoever created them.
func TestGithubCountsWhatExists(t *testing.T) {
	t.Parallel()
	for there, refused := range map[int]bool{98: false, 99: true} {
		run := construct(t, targettest.Case{
			Type: "GithubSecretsTarget",
			Call: func(integration.MockCallArgs) (property.Map, error) {
				var names []any
				for i := range there {
					names = append(names, object{"name": fmt.Sprintf("N%d", i), "createdAt": "x", "updatedAt": "x"})
				}
				return outputs(object{"name": "shop", "secrets": names}), nil
			},
			Inputs: map[string]property.Value{"destination": props(t, object{"repository": "shop"}), "value": nested(t)},
		})
		if refused {
			require.ErrorContains(t, run.Err, "counting the 99 secrets that already exist there, this sync has 101 "+
				"keys")
			assert.Empty(t, run.Children)
		} else {
			require.NoError(t, run.Err)
		}
	}
}

// GitHub stores and lists names in upper case, so a name in lower case is the same secret.
func TestGithubNamesAreFoundWhateverTheirCase(t *testing.T) {
	t.Parallel()
	for name, destination := range map[string]object{
		"CONFIG_JSON": {"repository": "shop", "name": "config_json"},
		"APP_DB_USER": {"repository": "shop", "keys": object{"template": "app_{key}"}},
	} {
		run := construct(t, targettest.Case{
			Type: "GithubSecretsTarget",
			Call: func(integration.MockCallArgs) (property.Map, error) {
				return outputs(object{"name": "shop", "secrets": []any{
					object{"name": name, "createdAt": "x", "updatedAt": "x"},
				}}), nil
			},
			Inputs: map[string]property.Value{"destination": props(t, destination), "value": nested(t)},
		})
		require.NoError(t, run.Err)
		found := run.Inventory.Input("found").AsMap()
		assert.Equal(t, 1, found.Len())
		assert.Equal(t, "untagged", found.Get("githubSecrets/actions/shop/"+name).AsString())
	}
}

// The old and the new secret have the same name. If the provider replaces a secret, it must delete the old one first.
func TestOnlyCodespacesSecretsAreDeletedBeforeReplacement(t *testing.T) {
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
			run := construct(t, targettest.Case{Type: "GithubSecretsTarget", Inputs: map[string]property.Value{
				"destination": props(t, destination), "value": props(t, object{"user": "u"}),
				"deletionPolicy": property.New("Delete"), "adoptionPolicy": property.New("All"),
			}})
			require.NoError(t, run.Err)
			require.Len(t, run.Children, 1)
			rpc := run.Children[0].RegisterRPC
			assert.Equal(t, destination["app"] == "codespaces", rpc.GetDeleteBeforeReplace())
		})
	}
}

func TestGithubScopes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		destination object
		typ, list   string
		inputs      object
		location    string
	}{
		{"repository", object{"repository": "r"}, "github:index/actionsSecret:ActionsSecret",
			"github:index/getActionsSecrets:getActionsSecrets", object{"repository": "r"}, "actions/r"},
		{"environment", object{"repository": "r", "environment": "prod"},
			"github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret",
			"github:index/getActionsEnvironmentSecrets:getActionsEnvironmentSecrets",
			object{"repository": "r", "environment": "prod"}, "actions/r/prod"},
		{"organization", object{"visibility": "selected", "selectedRepositoryIds": []any{1, 2}},
			"github:index/actionsOrganizationSecret:ActionsOrganizationSecret",
			"github:index/getActionsOrganizationSecrets:getActionsOrganizationSecrets",
			object{"visibility": "selected", "selectedRepositoryIds": []any{1, 2}}, "actions"},
		{"codespaces", object{"repository": "r", "app": "codespaces"}, "github:index/codespacesSecret:CodespacesSecret",
			"github:index/getCodespacesSecrets:getCodespacesSecrets", object{"repository": "r"}, "codespaces/r"},
		{"codespaces of an organization", object{"visibility": "all", "app": "codespaces"},
			"github:index/codespacesOrganizationSecret:CodespacesOrganizationSecret",
			"github:index/getCodespacesOrganizationSecrets:getCodespacesOrganizationSecrets",
			object{"visibility": "all"}, "codespaces"},
		{"dependabot", object{"repository": "r", "app": "dependabot"}, "github:index/dependabotSecret:DependabotSecret",
			"github:index/getDependabotSecrets:getDependabotSecrets", object{"repository": "r"}, "dependabot/r"},
		{"dependabot of an organization", object{"visibility": "private", "app": "dependabot"},
			"github:index/dependabotOrganizationSecret:DependabotOrganizationSecret",
			"github:index/getDependabotOrganizationSecrets:getDependabotOrganizationSecrets",
			object{"visibility": "private"}, "dependabot"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := construct(t, targettest.Case{
				Type: "GithubSecretsTarget",
				Call: func(args integration.MockCallArgs) (property.Map, error) {
					assert.Equal(t, test.list, string(args.Token))
					return outputs(object{"secrets": []any{object{"name": "A_B"}, object{"name": "OTHER"}}}), nil
				},
				Inputs: map[string]property.Value{
					"destination": props(t, test.destination), "value": props(t, object{"a-b": "x", "new": "y"}),
				},
			})
			require.NoError(t, run.Err)
			secret := run.Child(t, test.typ, "a-b")
			for name, want := range test.inputs {
				assert.Equal(t, props(t, want), secret.Input(name), name)
			}
			value := "value"
			if strings.HasPrefix(test.name, "codespaces") {
				value = "plaintextValue" // the only value input that the provider has there
			}
			assert.Equal(t, property.New("x").WithSecret(true), secret.Input(value))
			assert.Equal(t, outputs(object{"githubSecrets/" + test.location + "/A_B": "untagged"}),
				run.Inventory.Input("found").AsMap(), "only names of ours matter")
			assert.Empty(t, secret.RegisterRPC.GetImportId(), "writing adopts, so there is nothing to import")
		})
	}
}

func TestGithubCountsOfAnOrganization(t *testing.T) {
	t.Parallel()
	for app, most := range map[string]int{appActions: 1000, appCodespaces: 100, appDependabot: 1000} {
		assert.Equal(t, most, scopeAt(app, github.Location{}).count.Max, app)
	}
}

func TestGithubAdoptsAllWithoutALookup(t *testing.T) {
	t.Parallel()
	run := construct(t, targettest.Case{
		Type: "GithubSecretsTarget", Call: targettest.NoCall(t), Inputs: map[string]property.Value{
			"destination": props(t, object{"repository": "r"}), "value": props(t, object{"a": "x"}),
			"adoptionPolicy": property.New("All"),
		}})
	require.NoError(t, run.Err)
	assert.Len(t, run.Children, 1)
}
