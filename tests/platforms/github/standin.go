package github

import (
	"context"
	"strings"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// StandIn is the server of GitHub's destinations.
var StandIn = &platforms.Server{
	About: "GitHub is a stand-in server of this repository, which opens the sealed boxes",
	Proof: "own stand-in server, checked against GitHub's OpenAPI document",
	Start: func(ctx context.Context) (platforms.Platform, error) { return Start(ctx, Options{}) },
}

// Names returns a function that puts a prefix before each key, in capitals like all names on GitHub.
func Names(prefix string) func(key string) string {
	return func(key string) string { return prefix + strings.ToUpper(key) }
}
