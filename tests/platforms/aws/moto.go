package aws

import (
	"context"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Moto is the server of AWS's destinations, in the region of examples/yaml.
var Moto = &platforms.Server{
	About: "AWS is the emulator moto",
	Proof: "moto (an AWS emulator)",
	Start: func(context.Context) (platforms.Platform, error) { return Start("us-west-2"), nil },
}
