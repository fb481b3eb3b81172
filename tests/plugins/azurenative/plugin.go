// Package azurenative stands in for the Azure Native provider (pulumi-azure-native v2) in tests: secrets of Key Vault
// through Azure Resource Manager. It tests programs that use the provider.
//
// Three traits matter to programs. Resource Manager never returns a value, so Read does not detect an edited value, but
// it detects edited tags and content types. A name that exists is refused. And a deleted secret reserves its name until
// the vault purges it: Resource Manager has no DELETE for a secret, so the provider, and this stand-in, use the vault's
// own address, where deletion is soft.
//
// Difference from the published provider: no credentials are exchanged. The variables of package azurekeyvault contain
// the addresses of Resource Manager and of the vaults, and the bearer token for both.
package azurenative

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/platforms/azurekeyvault"
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
	vaults   azurekeyvault.Connection
	http     http.Client
}

// Plugin returns the stand-in before its configuration.
func Plugin() standin.Plugin {
	s := &subscription{}
	return standin.Plugin{
		Name: "azure-native", Version: Version, Schema: schemaText, Configure: s.configure,
		Resources: map[string]standin.Resource{"azure-native:keyvault:Secret": s.secret()},
		Functions: map[string]standin.Function{"azure-native:keyvault:getSecret": s.getSecret},
	}
}

// configure reads the subscription, whose default is ARM_SUBSCRIPTION_ID.
func (s *subscription) configure(_ context.Context, config property.Map) error {
	s.id = standin.Text(config, "subscriptionId")
	if s.id == "" {
		return errors.New("missing subscription: set azure-native:subscriptionId or ARM_SUBSCRIPTION_ID")
	}
	s.endpoint = strings.TrimSuffix(os.Getenv(azurekeyvault.ManagementVariable), "/")
	if s.endpoint == "" {
		return fmt.Errorf("the stand-in needs the address of a Resource Manager: set %s",
			azurekeyvault.ManagementVariable)
	}
	var err error
	if s.vaults, err = azurekeyvault.ConnectionFromEnvironment(); err != nil {
		return fmt.Errorf("the stand-in needs the address of the vaults: %w", err)
	}
	s.http.Timeout = time.Minute
	return nil
}
