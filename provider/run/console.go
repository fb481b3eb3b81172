package run

import (
	"github.com/pulumi/pulumi/pkg/v3/backend/httpstate/client"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
)

// CloudURL returns the address of the service's API, found as SyncRun finds it, but that a backend which is no service
// means Pulumi Cloud.
func CloudURL(configured string) string {
	address, err := credentials.Resolver{}.Address(credentials.Given{APIURL: configured})
	if err != nil {
		return credentials.DefaultURL
	}
	return address
}

// ConsoleURL returns the page of a stack in the Pulumi Cloud console. It is empty where the console of a self-hosted
// service cannot be told from its API's address, as for the Pulumi CLI: PULUMI_CONSOLE_DOMAIN then says it.
func ConsoleURL(cloud, organization, project, stack string) string {
	return client.CloudConsoleURL(cloud, organization, project, stack)
}
