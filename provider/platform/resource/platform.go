// Package resource pushes through any resource of any Pulumi provider: the general destination.
package resource

import (
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// Platform is the platform.
var Platform = target.Platform{
	About:     about,
	Component: target.ComponentOf[Destination],
	Plan:      plan,
	// The property that holds it is a setting. No key, as it is no tag.
	Ownership: ownership.Tag{MaxLength: 255},
}

var about = target.About{Name: "resource", Type: "Resource", Title: "any platform with a Pulumi provider"}
