package harness

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// shopDefinition contains the values that examples read from shop/database, shop/deploy, shop/keystore and
// shop/settings.
const shopDefinition = `values:
  database: {user: bob, password: {fn::secret: change me}}
  deploy: {key: {fn::secret: change me}}
  secrets: {token: {fn::secret: change me}}
  registry: {host: registry.example.com, password: {fn::secret: change me}}
  feature: {checkout: "on"}
  log: {level: info}
  shop: {region: eu-central-1}
  keystore: {base64: {fn::secret: /u3+7QAAAAI=}, password: {fn::secret: change me}}
`

// CreateExampleEnvironments creates the environments that the examples import, with their tags. The service's check
// would otherwise refuse the examples.
func (h *Harness) CreateExampleEnvironments(ctx context.Context) error {
	definitions := map[string]string{PatternEnvironment: PatternDefinition("change me")}
	for _, name := range []string{"database", "deploy", "keystore", "settings"} {
		definitions["shop/"+name] = shopDefinition
	}
	logins, err := filepath.Glob(filepath.Join(h.tools.Repository, "examples", "logins", "*.yaml"))
	if err != nil {
		return err
	}
	for _, file := range logins {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		definitions["logins/"+strings.TrimSuffix(filepath.Base(file), ".yaml")] = string(text)
	}
	for name, definition := range definitions {
		if err := h.CreateEnvironment(ctx, name, definition); err != nil {
			return err
		}
		if err := h.TagEnvironment(ctx, name, PatternTag); err != nil {
			return err
		}
	}
	return nil
}
