// Package githubvariables is variables of GitHub as a destination, on the server of package github.
package githubvariables

import (
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/github"
)

// Destination describes the platform for tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "githubVariables", Server: github.StandIn,
	Rows: []platforms.Row{
		{
			Name:        "githubVariables",
			Destination: "{githubVariables: {repository: app}}",
			Denial:      "Resource not accessible by personal access token",
			Elsewhere:   platforms.Named("GITHUB_OWNER", "elsewhere"),
			Identity:    github.Names("githubVariables/app/"),
			Limits:      platforms.Limits{NoTag: true},
			Pattern: platforms.Pattern{
				Platform: "githubVariables", Settings: "repository: app", Name: "SHOP_DATABASE",
				Identity: "githubVariables/app/SHOP_DATABASE",
			},
		},
	},
	Pushes: map[string]platforms.Push{
		"githubVariables": {
			Destination: `{"visibility": "selected", "selectedRepositoryIds": [2]}`,
			Each:        github.Names("githubVariables/"),
		},
		"githubVariables-app-production": {
			Destination: `{"repository": "app", "environment": "production"}`,
			Each:        github.Names("githubVariables/app/production/"),
		},
	},
	Demo: platforms.Demo{
		Settings: "{repository: app}",
		Keys: []string{
			"githubVariables/app/MYCONFIGKEY",
			"githubVariables/app/MYNESTEDKEY_HAHA",
			"githubVariables/app/MYSECRET",
		},
	},
	Beyond: "listing the variables that exist on GitHub",
	Docs: platforms.Docs{
		Example: "github-variables",
		Default: "one variable for each key, `DB_PASSWORD`",
		Note:    "not for secrets",
		Checked: "name and value as for `githubSecrets`; 500 variables in a repository, 100 in an environment, " +
			"1 000 in an organization",
		Credentials: "token",
	},
}
