package aws

import (
	"context"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Moto is the server of AWS's destinations, in the region of examples/yaml.
var Moto = &platforms.Server{
	About: "AWS is the emulator moto",
	Proof: "moto (an AWS emulator)",
	Start: start,
}

// start allows the actions of the policies in docs/credentials.md.
func start(context.Context) (platforms.Platform, error) {
	var policies []string
	for _, name := range []string{"aws-secrets-manager.json", "aws-parameter-store.json"} {
		text, err := platforms.Policy(name)
		if err != nil {
			return nil, err
		}
		policies = append(policies, text)
	}
	s := Start("us-west-2")
	return s, s.Permit(policies...)
}
