package destinations

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/long"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/aws"
	"github.com/escsync/pulumi-escsync/tests/platforms/azurekeyvault"
	"github.com/escsync/pulumi-escsync/tests/platforms/gcpsecretmanager"
	"github.com/escsync/pulumi-escsync/tests/platforms/github"
)

func TestMain(m *testing.M) {
	if _, err := harness.FindTools(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const region = "us-west-2"

// emulatedAWS allows the actions of the policies that docs/credentials.md gives.
func emulatedAWS(context.Context) (platforms.Platform, error) {
	var policies []string
	for _, name := range []string{"aws-secrets-manager.json", "aws-parameter-store.json"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "examples", "policies", name))
		if err != nil {
			return nil, err
		}
		policies = append(policies, string(text))
	}
	s := aws.Start(region)
	return s, s.Permit(policies...)
}

func standInAzure(ctx context.Context) (platforms.Platform, error) {
	return azurekeyvault.Start(ctx, azurekeyvault.Options{})
}

func standInGithub(ctx context.Context) (platforms.Platform, error) {
	return github.Start(ctx, github.Options{})
}

func standInGCP(ctx context.Context) (platforms.Platform, error) {
	return gcpsecretmanager.Start(ctx, gcpsecretmanager.Options{})
}

// below returns the identities of keys below a prefix.
func below(prefix string) func(string) string { return func(key string) string { return prefix + key } }

var rows = []Row{
	{
		Name: "awsSecretsManager", Start: emulatedAWS,
		Destination: "{awsSecretsManager: {name: shop, mapping: perKey, region: us-west-2}}",
		// A name within its recovery window is kept: see TestDeletingWithARecoveryWindow.
		Deleting: "{awsSecretsManager: {name: shop, mapping: perKey, region: us-west-2, recoveryWindowInDays: 0}}",
		Denial:   "is not authorized to perform: secretsmanager:",
		Identity: below("awsSecretsManager/us-west-2/shop/"),
		Published: Published{
			Platform: "awsSecretsManager", Settings: "region: us-west-2", Name: "shop/database",
			Identity: "awsSecretsManager/us-west-2/shop/database",
		},
	},
	{
		Name: "awsParameterStore", Start: emulatedAWS,
		Destination: "{awsParameterStore: {name: /shop, region: us-west-2}}",
		Denial:      "is not authorized to perform: ssm:PutParameter",
		Identity:    below("awsParameterStore/us-west-2//shop/"),
		Published: Published{
			Platform: "awsParameterStore", Settings: "region: us-west-2", Name: "/shop/database",
			Identity: "awsParameterStore/us-west-2//shop/database",
		},
	},
	{
		Name: "azureKeyVault", Start: standInAzure,
		Destination: "{azureKeyVault: {vaultName: escsync-test, resourceGroupName: shop, mapping: perKey, name: shop}}",
		Denial:      "AuthorizationFailed",
		Identity:    below("azureKeyVault/escsync-test/shop--"),
		Restoring:   "az keyvault secret recover",
		Limits:      Limits{NamesKept: "ObjectIsDeletedButRecoverable"},
		Published: Published{
			Platform: "azureKeyVault", Settings: "vaultName: escsync-test, resourceGroupName: shop", Name: "shop-database",
			Identity: "azureKeyVault/escsync-test/shop-database",
		},
	},
	{
		Name: "githubSecrets", Start: standInGithub,
		Destination: "{githubSecrets: {repository: app}}",
		Denial:      "Resource not accessible by personal access token",
		Identity:    func(key string) string { return "githubSecrets/actions/app/" + strings.ToUpper(key) },
		Limits:      Limits{NoMark: true},
		Published: Published{
			Platform: "githubSecrets", Settings: "repository: app", Name: "SHOP_DATABASE",
			Identity: "githubSecrets/actions/app/SHOP_DATABASE",
		},
	},
	{
		Name: "gcpSecretManager", Start: standInGCP,
		Destination: "{gcpSecretManager: {name: shop, mapping: perKey}}",
		Denial:      "Permission 'secretmanager.",
		Identity:    below("gcpSecretManager/escsync-test/shop_"),
		Limits:      Limits{EditsUnseen: true},
		Published: Published{
			Platform: "gcpSecretManager", Name: "shop-database", Identity: "gcpSecretManager/escsync-test/shop-database",
		},
	},
}

func TestLifeOfADestination(t *testing.T) {
	t.Parallel()
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			Live(t, row)
		})
	}
}

// The limit counts keys, whatever the platform, so `make test` shows it on one.
func TestBrakeOfADestination(t *testing.T) {
	t.Parallel()
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			if row.Name != "awsParameterStore" {
				long.Only(t)
			}
			Brake(t, row)
		})
	}
}

// A definition is read in one way for all platforms, so `make test` shows it on one.
func TestPublishedFormOfADefinition(t *testing.T) {
	t.Parallel()
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			if row.Name != "awsParameterStore" { // whose own default is another mapping
				long.Only(t)
			}
			PublishedForm(t, row)
		})
	}
}

func TestDeletingWithARecoveryWindow(t *testing.T) {
	t.Parallel()
	Deleting(t, Row{
		Start:       emulatedAWS,
		Destination: "{awsSecretsManager: {name: shop, mapping: perKey, region: us-west-2, recoveryWindowInDays: 0}}",
		Deleting:    "{awsSecretsManager: {name: shop, mapping: perKey, region: us-west-2}}",
		Identity:    below("awsSecretsManager/us-west-2/shop/"),
		Restoring:   "aws secretsmanager restore-secret",
		Limits:      Limits{NamesKept: "scheduled for deletion"},
	})
}

// Resource Manager tells no value, but tags: an edit that drops them is seen (as Live does it), and one that keeps them
// is not, until the value changes in ESC.
func TestEditedWithItsTagsKept(t *testing.T) {
	t.Parallel()
	const edited = "edited elsewhere"
	row := rowOf(t, "azureKeyVault")
	Edited(t, row, func(ctx context.Context, platform platforms.Platform) (map[string]string, error) {
		err := platform.(*azurekeyvault.Server).PutWithTags(ctx, row.Identity("user"), edited)
		return map[string]string{"user": edited}, err
	})
}

func rowOf(t *testing.T, name string) Row {
	t.Helper()
	i := slices.IndexFunc(rows, func(row Row) bool { return row.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return rows[i]
}
