package destinations

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Every scope of GitHub's secrets that a destination can name, and the whole value as one secret on each platform whose
// own row makes one of every key. AWS Secrets Manager has a longer test of its own.
func TestEveryScopeAndMapping(t *testing.T) {
	t.Parallel()
	pushes := map[string]Push{}
	for destination, place := range map[string]string{
		`"repository": "app", "environment": "production"`:       "actions/app/production",
		`"visibility": "selected", "selectedRepositoryIds": [2]`: "actions",
		`"repository": "app", "app": "codespaces"`:               "codespaces/app",
		`"app": "codespaces", "visibility": "private"`:           "codespaces",
		`"repository": "app", "app": "dependabot"`:               "dependabot/app",
		`"app": "dependabot", "visibility": "all"`:               "dependabot",
	} {
		pushes[strings.ReplaceAll(place, "/", "-")] = Push{
			Component: "GithubSecretsTarget", Destination: "{" + destination + "}",
			Secrets: func(values map[string]string) map[string]string {
				secrets := map[string]string{}
				for key, value := range values {
					secrets["githubSecrets/"+place+"/"+strings.ToUpper(key)] = value
				}
				return secrets
			},
		}
	}
	for destination, place := range map[string]string{
		`"repository": "app"`:                              "app",
		`"repository": "app", "environment": "production"`: "app/production",
	} {
		pushes["variables-"+strings.ReplaceAll(place, "/", "-")] = Push{
			Component: "GithubVariablesTarget", Destination: "{" + destination + "}",
			Secrets: func(values map[string]string) map[string]string {
				variables := map[string]string{}
				for key, value := range values {
					variables["githubVariables/"+place+"/"+strings.ToUpper(key)] = value
				}
				return variables
			},
		}
	}
	for component, one := range map[string]struct{ name, settings, identity string }{
		"AwsParameterStoreTarget": {"/shop/", `, "region": "us-west-2"`, "awsParameterStore/us-west-2/"},
		"AzureKeyVaultTarget": {
			"app-", `, "vaultName": "escsync-test", "resourceGroupName": "shop"`, "azureKeyVault/escsync-test/",
		},
		"GithubSecretsTarget":    {"APP_", `, "repository": "app"`, "githubSecrets/actions/app/"},
		"GcpSecretManagerTarget": {"app-", "", "gcpSecretManager/escsync-test/"},
	} {
		for mapping, form := range map[string]struct {
			value func(values map[string]string) any
			text  func(values map[string]string) string
		}{
			"json":   {nil, asJSON(t)},
			"single": {user, func(values map[string]string) string { return values["user"] }},
		} {
			name := one.name + mapping
			if component == "GithubSecretsTarget" {
				name = strings.ToUpper(name)
			}
			pushes[component+"-"+mapping] = Push{
				Component:   component,
				Destination: `{"mapping": "` + mapping + `", "name": "` + name + `"` + one.settings + `}`,
				Value:       form.value,
				Secrets: func(values map[string]string) map[string]string {
					return map[string]string{one.identity + name: form.text(values)}
				},
			}
		}
	}
	Pushed(t, []func(context.Context) (platforms.Platform, error){
		emulatedAWS, standInAzure, standInGithub, standInGCP,
	}, pushes)
}

func user(values map[string]string) any { return values["user"] }

func asJSON(t *testing.T) func(values map[string]string) string {
	return func(values map[string]string) string {
		t.Helper()
		text, err := json.Marshal(values)
		require.NoError(t, err)
		return string(text)
	}
}
