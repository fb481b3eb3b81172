// Package awssecretsmanager pushes to AWS Secrets Manager.
package awssecretsmanager

import (
	"github.com/escsync/pulumi-escsync/provider/platform/aws"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Platform describes the platform to the rest of the provider.
var Platform = target.Platform{
	About:        about,
	Package:      aws.Package,
	Component:    target.ComponentOf[Destination],
	Plan:         plan,
	Ownership:    aws.Ownership,
	PulumiConfig: aws.PulumiConfig,
	Hints: target.Hints{
		Denied:          aws.Denied,
		Unauthenticated: aws.Unauthenticated,
		Throttled:       aws.Throttled,
		Own: []target.Hint{{
			// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html (InvalidRequestException)
			Words: []string{"scheduled for deletion", "marked for deletion"},
			Text: "a secret with that name is scheduled for deletion in AWS, which reserves the name until the " +
				"recovery window ends: restore it with `aws secretsmanager restore-secret --secret-id <name>`, and " +
				"the next run adopts it; or choose another name",
		}},
	},
}

var about = target.About{Name: "awsSecretsManager", Type: "AwsSecretsManager", Title: "AWS Secrets Manager"}
