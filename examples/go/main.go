package main

import (
	"github.com/escsync/pulumi-escsync/sdk/go/escsync"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		_, err := escsync.NewEscSync(ctx, "sync", &escsync.EscSyncArgs{
			Imports: pulumi.StringArray{pulumi.String("my-project/my-imported-env@stable")},
			Value: pulumi.Map{
				"myConfigKey": pulumi.String("${my-imported-env-foo}"),
				"myNestedKey": pulumi.Map{
					"haha": pulumi.String("${my-imported-env-bar}"),
				},
				"mySecret": pulumi.String("${my-imported-env-password}"),
			},
			Destination: escsync.DestinationArgs{
				AwsSecretsManager: escsync.AwsSecretsManagerDestinationArgs{
					Name:   pulumi.String("name-in-secrets-manager"),
					Region: pulumi.String("us-west-2"),
				},
			},
		})
		return err
	})
}
