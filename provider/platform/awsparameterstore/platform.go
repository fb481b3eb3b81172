// Package awsparameterstore pushes to AWS Systems Manager Parameter Store.
package awsparameterstore

import (
	"github.com/escsync/pulumi-escsync/provider/platform/aws"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Platform describes the platform to the rest of the provider.
var Platform = target.Platform{
	About:     about,
	Package:   aws.Package,
	Component: target.ComponentOf[Destination],
	Plan:      plan,
	Ownership: aws.Ownership,
	// Parameter Store allows 3 writes a second per account, unless higher throughput is enabled.
	// Source: https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm
	Parallelism:  1,
	PulumiConfig: aws.PulumiConfig,
	Hints: target.Hints{
		Denied: aws.Denied, Unauthenticated: aws.Unauthenticated, Throttled: aws.Throttled,
		Exists: []string{"parameteralreadyexists"},
	},
	EnumTexts: map[string]string{
		"AwsParameterStoreTier": "How large a parameter may be, and what it costs.",
		"AwsParameterStoreType": "How AWS stores the value of a parameter.",
	},
}

var about = target.About{
	Name: "awsParameterStore", Type: "AwsParameterStore", Title: "AWS Systems Manager Parameter Store",
}
