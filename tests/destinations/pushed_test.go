package destinations

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Every scope of GitHub's secrets but that of its row, those of its variables, and the whole value as one secret on
// each platform whose row makes one of every key.
func TestEveryScopeAndMapping(t *testing.T) {
	t.Parallel()
	pushes := map[string]Push{}
	for place, one := range map[string]struct{ kind, destination string }{
		"githubSecrets/actions/app/production": {"Secrets", `"repository": "app", "environment": "production"`},
		"githubSecrets/actions":                {"Secrets", `"visibility": "selected", "selectedRepositoryIds": [2]`},
		"githubSecrets/codespaces/app":         {"Secrets", `"repository": "app", "app": "codespaces"`},
		"githubSecrets/codespaces":             {"Secrets", `"app": "codespaces", "visibility": "private"`},
		"githubSecrets/dependabot/app":         {"Secrets", `"repository": "app", "app": "dependabot"`},
		"githubSecrets/dependabot":             {"Secrets", `"app": "dependabot", "visibility": "all"`},
		"githubVariables":                      {"Variables", `"visibility": "selected", "selectedRepositoryIds": [2]`},
		"githubVariables/app":                  {"Variables", `"repository": "app"`},
		"githubVariables/app/production":       {"Variables", `"repository": "app", "environment": "production"`},
	} {
		pushes[strings.ReplaceAll(place, "/", "-")] = Push{
			Component: "Github" + one.kind + "Target", Destination: "{" + one.destination + "}",
			Secrets: func(values map[string]string) map[string]string {
				secrets := map[string]string{}
				for key, value := range values {
					secrets[place+"/"+strings.ToUpper(key)] = value
				}
				return secrets
			},
		}
	}
	// Each with a %s for a name in capitals, as all are on GitHub.
	for component, one := range map[string]struct{ settings, identity string }{
		"AwsParameterStoreTarget": {`"name": "/shop/%s", "region": "us-west-2"`, "awsParameterStore/us-west-2//shop/%s"},
		"AwsSecretsManagerTarget": {`"name": "shop/%s", "region": "us-west-2"`, "awsSecretsManager/us-west-2/shop/%s"},
		"AzureKeyVaultTarget": {
			`"name": "%s", "vaultName": "escsync-test", "resourceGroupName": "shop"`, "azureKeyVault/escsync-test/%s",
		},
		"GcpSecretManagerTarget": {`"name": "%s"`, "gcpSecretManager/escsync-test/%s"},
		"GithubSecretsTarget":    {`"name": "%s", "repository": "app"`, "githubSecrets/actions/app/%s"},
	} {
		pushes[component+"-json"] = Push{
			Component: component, Destination: `{"mapping": "json", ` + fmt.Sprintf(one.settings, "ALL") + `}`,
			Secrets: AsJSON(fmt.Sprintf(one.identity, "ALL")),
		}
		pushes[component+"-single"] = Push{
			Component: component, Destination: `{"mapping": "single", ` + fmt.Sprintf(one.settings, "ONE") + `}`,
			Key: "user", Secrets: AsText(fmt.Sprintf(one.identity, "ONE"), "user"),
		}
	}
	Pushed(t, []func(context.Context) (platforms.Platform, error){
		emulatedAWS, standInAzure, standInGithub, standInGCP,
	}, pushes)
}
