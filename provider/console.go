package provider

import (
	"os"

	"github.com/pulumi/pulumi/pkg/v3/backend/httpstate/client"
)

const (
	backendURLVariable = "PULUMI_BACKEND_URL"
	pulumiCloudURL     = "https://api.pulumi.com"
)

// consoleURL returns the page of a stack in the Pulumi Cloud console. It is empty where the console of a self-hosted
// service cannot be told from its API's address, as for the Pulumi CLI: PULUMI_CONSOLE_DOMAIN then says it.
func consoleURL(organization, project, stack string) string {
	backend := os.Getenv(backendURLVariable)
	if backend == "" {
		backend = pulumiCloudURL
	}
	return client.CloudConsoleURL(backend, organization, project, stack)
}
