package provider

import (
	"os"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/backend/httpstate/client"
)

const (
	backendURLVariable = "PULUMI_BACKEND_URL"
	pulumiCloudURL     = "https://api.pulumi.com"
)

// cloudURL returns the address of the service's API: the configured one, else the backend of the running program where
// that is a service at all, else Pulumi Cloud's.
func cloudURL(configured string) string {
	if configured != "" {
		return configured
	}
	if backend := os.Getenv(backendURLVariable); strings.HasPrefix(backend, "http") {
		return backend
	}
	return pulumiCloudURL
}

// consoleURL returns the page of a stack in the Pulumi Cloud console. It is empty where the console of a self-hosted
// service cannot be told from its API's address, as for the Pulumi CLI: PULUMI_CONSOLE_DOMAIN then says it.
func consoleURL(cloud, organization, project, stack string) string {
	return client.CloudConsoleURL(cloud, organization, project, stack)
}
