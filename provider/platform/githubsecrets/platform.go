// Package githubsecrets pushes to GitHub: secrets of repositories, environments and organizations.
package githubsecrets

import (
	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Platform describes the platform to the rest of the provider.
var Platform = target.Platform{
	About:       about,
	Package:     "github",
	Component:   target.ComponentOf[Destination],
	Plan:        plan,
	Account:     github.Owner,
	Parallelism: github.Parallelism,
	Hints:       github.Hints,
	EnumTexts: map[string]string{
		"GithubSecretsApp": "Who reads secrets on GitHub.",
		"GithubVisibility": github.VisibilityText,
	},
}

var about = target.About{Name: "githubSecrets", Type: "GithubSecrets", Title: "GitHub"}
