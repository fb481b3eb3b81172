// Package resource is the general destination: it pushes to any resource of any Pulumi provider.
package resource

import (
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// Platform describes the platform to the rest of the provider.
var Platform = target.Platform{
	About:     about,
	Component: target.ComponentOf[Destination],
	Plan:      plan,
	// The property is set by the user, so the tag has no key.
	Ownership: ownership.Tag{MaxLength: 255},
}

var about = target.About{Name: "resource", Type: "Resource", Title: "any platform with a Pulumi provider"}
