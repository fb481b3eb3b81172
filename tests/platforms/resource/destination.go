// Package resource is the general destination, here as variables of GitHub Actions on the server of package github. Its
// row on Vault is in package vault.
package resource

import (
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/github"
	"github.com/escsync/pulumi-escsync/tests/platforms/vault"
)

const variable = "type: 'github:index/actionsVariable:ActionsVariable', version: 6.14.0, " +
	"properties: {repository: app, variableName: '{name}', value: '{value}'}, " +
	"importId: 'app:{name}', place: '{env.GITHUB_OWNER}/app', name: {fold: true}"

// Destination describes the platform for tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "resource", Server: github.StandIn,
	Rows: []platforms.Row{
		{
			Name:        "resource on GitHub",
			Destination: "{resource: {" + variable + ", keys: {template: '{key:upper}'}}}",
			Denial:      "Resource not accessible by personal access token",
			Elsewhere:   platforms.Named("GITHUB_OWNER", "elsewhere"),
			Identity:    github.Names("githubVariables/app/"),
			Shown:       platforms.Below("resource/"),
			Limits:      platforms.Limits{NoTag: true},
			Pattern: platforms.Pattern{
				Platform: "resource", Settings: variable, Name: "SHOP_DATABASE",
				Identity: "githubVariables/app/SHOP_DATABASE",
			},
		},
	},
	Demo: platforms.Demo{
		Settings: "{" + variable + ", keys: {template: '{key:upper}'}}",
		Keys: []string{
			"githubVariables/app/MYCONFIGKEY",
			"githubVariables/app/MYNESTEDKEY_HAHA",
			"githubVariables/app/MYSECRET",
		},
	},
	Beyond: "starting the provider gitlab",
	Docs: platforms.Docs{
		Example:     "resource",
		Note:        "any resource of any provider",
		Checked:     "`name.pattern` and `maxBytes`, if given; the provider's own check",
		Proof:       github.StandIn.Proof + ", and " + vault.Destination.Server.Proof,
		Credentials: "as the provider's",
		Section:     "Any other provider",
		Limit:       "what exists is adopted only with `importId`, and an ownership tag needs `ownership`",
	},
}
