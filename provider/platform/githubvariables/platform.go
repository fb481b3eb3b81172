// Package githubvariables pushes GitHub Actions variables to repositories, environments and organizations. Variables
// are not secret.
package githubvariables

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
	EnumTexts:   map[string]string{"GithubVisibility": github.VisibilityText},
}

var about = target.About{Name: "githubVariables", Type: "GithubVariables", Title: "GitHub Actions variables"}
