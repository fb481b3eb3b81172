// Package awssecretsmanager is AWS Secrets Manager as a destination, on the server of package aws.
package awssecretsmanager

import (
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/aws"
)

// Destination describes the platform for tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "awsSecretsManager", Server: aws.Moto,
	Rows: []platforms.Row{
		{
			Name:        "awsSecretsManager",
			Destination: "{awsSecretsManager: {path: shop, region: us-west-2}}",
			Binary:      "{awsSecretsManager: {path: shop, region: us-west-2, keys: {binary: ['key*']}}}",
			// A name is reserved during its recovery window: see TestDeletingWithARecoveryWindow.
			Deleting: "{awsSecretsManager: {path: shop, region: us-west-2, recoveryWindowInDays: 0}}",
			Denial:   "is not authorized to perform: secretsmanager:",
			Identity: platforms.Below("awsSecretsManager/us-west-2/shop/"),
			Deleted:  "an error within `recoveryWindowInDays`, until it is restored; created again with 0",
			Pattern: platforms.Pattern{
				Platform: "awsSecretsManager", Settings: "region: us-west-2", Name: "shop/database",
				Identity: "awsSecretsManager/us-west-2/shop/database",
			},
		},
	},
	Pushes: map[string]platforms.Push{
		"awsSecretsManager-json": {
			Destination: `{"mapping": "json", "name": "shop/ALL", "region": "us-west-2"}`,
			Identity:    "awsSecretsManager/us-west-2/shop/ALL",
		},
		"awsSecretsManager-single": {
			Destination: `{"mapping": "single", "name": "shop/ONE", "region": "us-west-2"}`, Key: "user",
			Identity: "awsSecretsManager/us-west-2/shop/ONE",
		},
	},
	Demo: platforms.Demo{
		Settings: "{name: name-in-secrets-manager, region: us-west-2}",
		Secret:   "awsSecretsManager/us-west-2/name-in-secrets-manager",
	},
	Docs: platforms.Docs{
		Example:     "aws-secrets-manager",
		Default:     "one secret for each key, `db/password`; `path` puts it below",
		Checked:     "name 512, `A-Za-z0-9/_+=.@-`; value 65 536 bytes, not empty",
		Credentials: "OIDC or AWS login",
		Section:     "AWS Secrets Manager",
		Limit:       "a deleted name is blocked for `recoveryWindowInDays`",
	},
}
