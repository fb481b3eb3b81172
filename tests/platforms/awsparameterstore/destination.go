// Package awsparameterstore is AWS Parameter Store as a destination, on the server of package aws.
package awsparameterstore

import (
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/aws"
)

// Destination describes the platform for tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "awsParameterStore", Server: aws.Moto,
	Rows: []platforms.Row{
		{
			Name:        "awsParameterStore",
			Destination: "{awsParameterStore: {path: /shop, region: us-west-2}}",
			Denial:      "is not authorized to perform: ssm:PutParameter",
			Identity:    platforms.Below("awsParameterStore/us-west-2//shop/"),
			Pattern: platforms.Pattern{
				Platform: "awsParameterStore", Settings: "region: us-west-2", Name: "/shop/database",
				Identity: "awsParameterStore/us-west-2//shop/database",
			},
		},
	},
	Pushes: map[string]platforms.Push{
		"awsParameterStore-json": {
			Destination: `{"mapping": "json", "name": "/shop/ALL", "region": "us-west-2"}`,
			Identity:    "awsParameterStore/us-west-2//shop/ALL",
		},
		"awsParameterStore-single": {
			Destination: `{"mapping": "single", "name": "/shop/ONE", "region": "us-west-2"}`, Key: "user",
			Identity: "awsParameterStore/us-west-2//shop/ONE",
		},
	},
	Demo: platforms.Demo{
		Settings: "{path: /prod/shop, region: us-west-2}",
		Keys: []string{
			"awsParameterStore/us-west-2//prod/shop/myConfigKey",
			"awsParameterStore/us-west-2//prod/shop/myNestedKey/haha",
			"awsParameterStore/us-west-2//prod/shop/mySecret",
		},
	},
	Docs: platforms.Docs{
		Example: "aws-parameter-store",
		Default: "one parameter for each key, below `path`",
		Checked: "name 956, 15 levels, not beginning with `aws` or `ssm`; value 8 192 bytes (4 096 in " +
			"tier Standard), no `{{...}}`, not empty",
		Credentials: "OIDC or AWS login",
		Section:     "AWS Parameter Store",
		Limit:       "3 writes a second; needs `tag:GetResources`; `type` cannot be changed",
	},
}
