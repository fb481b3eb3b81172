// Package azurenative stands in for the Azure Native provider (pulumi-azure-native v2) in tests: secrets of Key Vault
// through Azure Resource Manager. It tests programs that use the provider; it says nothing about the provider itself.
//
// Two traits matter to programs. Resource Manager never answers with a value, so that Read cannot see an edit from
// elsewhere. And it has no DELETE for a secret: deleting the resource leaves the secret in the vault.
//
// Differences from the published provider: no credentials are exchanged. ESCSYNC_AZURE_ENDPOINT, a variable of the
// stand-in's own, is the address of Resource Manager, and ESCSYNC_AZURE_TOKEN the bearer token that it is sent.
package azurenative

import (
	"context"
	_ "embed"
	"errors"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// Version is the version of the SDK that the module uses.
const Version = "2.90.0"

//go:embed schema.yaml
var schemaText []byte

// subscription is the configured provider.
type subscription struct {
	id       string
	endpoint string
	token    string
	http     http.Client
}

// Plugin returns the stand-in, not configured.
func Plugin() standin.Plugin {
	s := &subscription{}
	return standin.Plugin{
		Name: "azure-native", Version: Version, Schema: schemaText, Configure: s.configure,
		Resources: map[string]standin.Resource{"azure-native:keyvault:Secret": s.secret()},
		Functions: map[string]standin.Function{"azure-native:keyvault:getSecret": s.getSecret},
	}
}

// configure takes the subscription, whose default is ARM_SUBSCRIPTION_ID.
func (s *subscription) configure(_ context.Context, config property.Map) error {
	s.id = standin.Text(config, "subscriptionId")
	if s.id == "" {
		return errors.New("missing subscription: set azure-native:subscriptionId or ARM_SUBSCRIPTION_ID")
	}
	s.endpoint = strings.TrimSuffix(os.Getenv("ESCSYNC_AZURE_ENDPOINT"), "/")
	if s.endpoint == "" {
		return errors.New("the stand-in needs the address of a Resource Manager: set ESCSYNC_AZURE_ENDPOINT")
	}
	s.token = os.Getenv("ESCSYNC_AZURE_TOKEN")
	s.http.Timeout = time.Minute
	return nil
}
