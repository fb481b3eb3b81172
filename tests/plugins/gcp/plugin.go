// Package gcp stands in for the Google Cloud provider (pulumi-gcp v9) in tests: secrets of Secret Manager, global and
// regional, through Google's client over gRPC. It tests programs that use the provider, and follows the provider's
// documentation.
//
// Three traits matter to programs. A name that exists is refused with ALREADY_EXISTS. A changed value is a new
// SecretVersion that replaces the old one, and the old one is DESTROYED unless its deletionPolicy is DISABLE or
// ABANDON. Read looks at its own version only, so it does not detect a version added elsewhere.
//
// The inputs rotation and topics are not supported. SECRET_MANAGER_EMULATOR_HOST, a variable that Google's own clients
// do not have, is the host:port of a Secret Manager without TLS. Without it the client calls Google with the default
// credentials.
package gcp

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"

	secretmanager "cloud.google.com/go/secretmanager/apiv1"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"google.golang.org/api/option"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// Version is the version of the SDK that the module uses.
const Version = "9.37.0"

const endpointVariable = "SECRET_MANAGER_EMULATOR_HOST"

//go:embed schema.yaml
var schemaText []byte

// project is the configured provider.
type project struct {
	name string
}

// Plugin returns the stand-in before its configuration.
func Plugin() standin.Plugin {
	g := &project{}
	return standin.Plugin{
		Name: "gcp", Version: Version, Schema: schemaText, Configure: g.configure,
		Resources: map[string]standin.Resource{
			"gcp:secretmanager/secret:Secret":                               g.secret(),
			"gcp:secretmanager/secretVersion:SecretVersion":                 g.version(),
			"gcp:secretmanager/regionalSecret:RegionalSecret":               g.secret(),
			"gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion": g.version(),
		},
		Functions: map[string]standin.Function{
			"gcp:secretmanager/getSecret:getSecret":   g.getSecret,
			"gcp:secretmanager/getSecrets:getSecrets": g.getSecrets,
		},
	}
}

// configure reads the project, whose default is GOOGLE_PROJECT or GOOGLE_CLOUD_PROJECT.
func (g *project) configure(_ context.Context, config property.Map) error {
	g.name = standin.Text(config, "project")
	if g.name == "" {
		return errors.New("missing project: set gcp:project or GOOGLE_PROJECT")
	}
	return nil
}

// client returns a client for a location, or for global secrets if location is "". The caller must close it. Regional
// secrets have their own server.
func (g *project) client(ctx context.Context, location string) (*secretmanager.Client, error) {
	var options []option.ClientOption
	if endpoint := os.Getenv(endpointVariable); endpoint != "" {
		options = append(options, option.WithEndpoint(endpoint), option.WithoutAuthentication(),
			option.WithGRPCDialOption(grpc.WithTransportCredentials(insecure.NewCredentials())))
	} else if location != "" {
		options = append(options, option.WithEndpoint("secretmanager."+location+".rep.googleapis.com:443"))
	}
	client, err := secretmanager.NewClient(ctx, options...)
	if err != nil {
		return nil, fmt.Errorf("making Secret Manager's client: %w", err)
	}
	return client, nil
}
