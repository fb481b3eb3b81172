package run

import (
	"github.com/pulumi/pulumi/pkg/v3/backend/httpstate/client"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
)

// CloudURL returns the address of the Pulumi Cloud API, like SyncRun finds it. If the backend is not a service, such as
// file://, CloudURL returns that of Pulumi Cloud.
func CloudURL(configured string) string {
	address, err := credentials.Resolver{}.Address(credentials.Given{APIURL: configured})
	if err != nil {
		return credentials.DefaultURL
	}
	return address
}

// ConsoleURL returns the console page of a stack. It is empty if the address of the console is unknown: for a
// self-hosted service the CLI and this function need PULUMI_CONSOLE_DOMAIN.
func ConsoleURL(cloud, organization, project, stack string) string {
	return client.CloudConsoleURL(cloud, organization, project, stack)
}
