// Package githubsecrets is secrets of GitHub as a destination, on the server of package github.
package githubsecrets

import (
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/github"
)

// Destination describes the platform for tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "githubSecrets", Server: github.StandIn,
	Rows: []platforms.Row{
		{
			Name:        "githubSecrets",
			Destination: "{githubSecrets: {repository: app}}",
			Denial:      "Resource not accessible by personal access token",
			Elsewhere:   platforms.Named("GITHUB_OWNER", "elsewhere"),
			Identity:    github.Names("githubSecrets/actions/app/"),
			Limits:      platforms.Limits{NoTag: true},
			Pattern: platforms.Pattern{
				Platform: "githubSecrets", Settings: "repository: app", Name: "SHOP_DATABASE",
				Identity: "githubSecrets/actions/app/SHOP_DATABASE",
			},
		},
	},
	Pushes: map[string]platforms.Push{
		"githubSecrets-actions-app-production": {
			Destination: `{"repository": "app", "environment": "production"}`,
			Each:        github.Names("githubSecrets/actions/app/production/"),
		},
		"githubSecrets-actions": {
			Destination: `{"visibility": "selected", "selectedRepositoryIds": [2]}`,
			Each:        github.Names("githubSecrets/actions/"),
		},
		"githubSecrets-codespaces-app": {
			Destination: `{"repository": "app", "app": "codespaces"}`,
			Each:        github.Names("githubSecrets/codespaces/app/"),
		},
		"githubSecrets-codespaces": {
			Destination: `{"app": "codespaces", "visibility": "private"}`,
			Each:        github.Names("githubSecrets/codespaces/"),
		},
		"githubSecrets-dependabot-app": {
			Destination: `{"repository": "app", "app": "dependabot"}`,
			Each:        github.Names("githubSecrets/dependabot/app/"),
		},
		"githubSecrets-dependabot": {
			Destination: `{"app": "dependabot", "visibility": "all"}`,
			Each:        github.Names("githubSecrets/dependabot/"),
		},
		"githubSecrets-json": {
			Destination: `{"mapping": "json", "name": "ALL", "repository": "app"}`,
			Identity:    "githubSecrets/actions/app/ALL",
		},
		"githubSecrets-single": {
			Destination: `{"mapping": "single", "name": "ONE", "repository": "app"}`, Key: "user",
			Identity: "githubSecrets/actions/app/ONE",
		},
	},
	Demo: platforms.Demo{
		Settings: "{repository: app}",
		Keys: []string{
			"githubSecrets/actions/app/MYCONFIGKEY",
			"githubSecrets/actions/app/MYNESTEDKEY_HAHA",
			"githubSecrets/actions/app/MYSECRET",
		},
	},
	Beyond: "listing the secrets that exist on GitHub",
	Docs: platforms.Docs{
		Example: "github-secrets",
		Default: "one secret for each key, `DB_PASSWORD`",
		Checked: "name 255, letters, digits and `_`, case-insensitive, not beginning with a digit or " +
			"`GITHUB_`; value 49 152 bytes, not empty; 100 secrets in a repository or environment, 1 " +
			"000 in an organization (100 for Codespaces)",
		Credentials: "token",
		Section:     "GitHub",
		Limit:       "write-only, without ownership tag: an existing name needs `adoptionPolicy: All`; 500 writes an hour",
	},
}
