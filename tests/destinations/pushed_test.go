package destinations

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every scope of GitHub's secrets that a destination can name.
func TestEveryScopeOfGitHub(t *testing.T) {
	t.Parallel()
	for name, scope := range map[string]struct{ destination, place string }{
		"Actions of an environment":      {"repository: app, environment: production", "actions/app/production"},
		"Actions of the organization":    {"visibility: selected, selectedRepositoryIds: [2]", "actions"},
		"Codespaces of a repository":     {"repository: app, app: codespaces", "codespaces/app"},
		"Codespaces of the organization": {"app: codespaces, visibility: private", "codespaces"},
		"Dependabot of a repository":     {"repository: app, app: dependabot", "dependabot/app"},
		"Dependabot of the organization": {"app: dependabot, visibility: all", "dependabot"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			row := Row{Start: standInGithub, Destination: "{githubSecrets: {" + scope.destination + "}}"}
			Pushed(t, row, func(values map[string]string) map[string]string {
				secrets := map[string]string{}
				for key, value := range values {
					secrets["githubSecrets/"+scope.place+"/"+strings.ToUpper(key)] = value
				}
				return secrets
			})
		})
	}
}

// The whole value as one secret, on each platform whose own row makes one of every key. AWS Secrets Manager has a
// longer test of its own.
func TestOneSecretOnEveryPlatform(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct{ destination, identity string }{
		"awsParameterStore": {"name: /shop/app, region: us-west-2", "awsParameterStore/us-west-2//shop/app"},
		"azureKeyVault": {
			"name: app, vaultName: escsync-test, resourceGroupName: shop", "azureKeyVault/escsync-test/app",
		},
		"githubSecrets":    {"name: APP, repository: app", "githubSecrets/actions/app/APP"},
		"gcpSecretManager": {"name: app", "gcpSecretManager/escsync-test/app"},
	} {
		row := rowOf(t, name)
		for mapping, form := range map[string]struct {
			value string
			text  func(values map[string]string) string
		}{
			"json":   {"$${app}", asJSON(t)},
			"single": {"$${app.user}", func(values map[string]string) string { return values["user"] }},
		} {
			t.Run(name+" as "+mapping, func(t *testing.T) {
				t.Parallel()
				one := Row{Start: row.Start, Value: form.value, Destination: "{" + name + ": {mapping: " + mapping + ", " +
					one.destination + "}}", Identity: func(string) string { return one.identity }}
				Pushed(t, one, func(values map[string]string) map[string]string {
					return map[string]string{one.Identity(""): form.text(values)}
				})
			})
		}
	}
}

func asJSON(t *testing.T) func(values map[string]string) string {
	return func(values map[string]string) string {
		t.Helper()
		text, err := json.Marshal(values)
		require.NoError(t, err)
		return string(text)
	}
}
