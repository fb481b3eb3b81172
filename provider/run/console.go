package run

import (
	"github.com/pulumi/pulumi/pkg/v3/backend/httpstate/client"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
)

// CloudURL returns the address of the Pulumi Cloud API. It finds it the same way as SyncRun, but returns
// https://api.pulumi.com if the address is invalid or that of a state backend, such as file://.
func CloudURL(configured string) string {
	address, err := credentials.Resolver{}.Address(credentials.Given{APIURL: configured})
	if err != nil {
		return credentials.DefaultURL
	}
	return address
}

// ConsoleURL returns the console page of a stack. It is empty if the address of the console is unknown. A self-hosted
// service may need PULUMI_CONSOLE_DOMAIN, which the CLI reads too.
func ConsoleURL(cloud, organization, project, stack string) string {
	return client.CloudConsoleURL(cloud, organization, project, stack)
}
