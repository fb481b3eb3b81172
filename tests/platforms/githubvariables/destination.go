// Package githubvariables is variables of GitHub as a destination, on the server of package github.
package githubvariables

import (
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/github"
)

// Destination is the platform in tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "githubVariables", Server: github.StandIn,
	Pushes: map[string]platforms.Push{
		"githubVariables-app": {
			Destination: `{"repository": "app"}`,
			Each:        github.Names("githubVariables/app/"),
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
		Example:     "github-variables",
		Note:        "not for secrets, proven without the life below",
		Mappings:    "`perKey`, `json`",
		Checked:     "name and value as for `githubSecrets`; 500 variables in a repository, 100 in an environment",
		Credentials: "token",
	},
}
