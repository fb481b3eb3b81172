// Package pulumiservice stands in for the Pulumi Cloud provider, version 1.3.0, in tests. It sends the published
// provider's requests, byte for byte as far as a test can see, and reproduces its flaws, so that the real one can
// replace it. It tests programs that use the provider.
//
// The schema is the part of the published one (Apache License 2.0, Pulumi Corporation) that the tests use, without its
// descriptions. Differences from the published provider: a Team is created without reading it again, and one client
// writes permissions and tags.
package pulumiservice

import (
	"context"
	_ "embed"
	"errors"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// Version is the version of the SDK that the module uses.
const Version = "1.3.0"

// defaultAPI is Pulumi Cloud, as in the published provider.
const defaultAPI = "https://api.pulumi.com"

//go:embed schema.yaml
var schemaText []byte

// cloud is the configured provider.
type cloud struct {
	client *client
}

// Plugin returns the stand-in before its configuration.
func Plugin() standin.Plugin {
	c := &cloud{}
	return standin.Plugin{
		Name: "pulumiservice", Version: Version, Schema: schemaText, Configure: c.configure,
		Resources: map[string]standin.Resource{
			"pulumiservice:index:Environment":               c.environment(),
			"pulumiservice:index:Stack":                     c.stack(),
			"pulumiservice:index:DeploymentSettings":        c.deploymentSettings(),
			"pulumiservice:index:DeploymentSchedule":        c.deploymentSchedule(),
			"pulumiservice:index:DriftSchedule":             c.driftSchedule(),
			"pulumiservice:index:Webhook":                   c.webhook(),
			"pulumiservice:index:EnvironmentVersionTag":     c.versionTag(),
			"pulumiservice:index:TeamEnvironmentPermission": c.teamEnvironmentPermission(),
			"pulumiservice:index:Team":                      c.team(),
		},
	}
}

// configure reads the URL and the token from the configuration, or else from the environment. The last default of the
// token is in the CLI's stored credentials.
func (c *cloud) configure(_ context.Context, config property.Map) error {
	token := firstOf(standin.Text(config, "accessToken"), os.Getenv("PULUMI_ACCESS_TOKEN"))
	if token == "" {
		credentials, err := workspace.GetStoredCredentials()
		if err == nil {
			token = credentials.AccessTokens[credentials.Current]
		}
	}
	if token == "" {
		return errors.New("pulumi access token not found")
	}
	var err error
	c.client, err = newClient(firstOf(
		standin.Text(config, "apiUrl"), os.Getenv("PULUMI_BACKEND_URL"), os.Getenv("PULUMI_API"), defaultAPI,
	), token)
	return err
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
