package destinations

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/aws"
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

func emulatedAWS(context.Context) (platforms.Platform, error) { return aws.Start(region), nil }

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
		// A name within its recovery window is blocked.
		Deleting: "{awsSecretsManager: {name: shop, mapping: perKey, region: us-west-2, recoveryWindowInDays: 0}}",
		Identity: below("awsSecretsManager/us-west-2/shop/"),
	},
	{
		Name: "awsParameterStore", Start: emulatedAWS,
		Destination: "{awsParameterStore: {name: /shop, region: us-west-2}}",
		Identity:    below("awsParameterStore/us-west-2//shop/"),
	},
	{
		Name: "githubSecrets", Start: standInGithub,
		Destination: "{githubSecrets: {repository: app}}",
		Identity:    func(key string) string { return "githubSecrets/actions/app/" + strings.ToUpper(key) },
		Limits:      Limits{NoMark: true},
	},
	{
		Name: "gcpSecretManager", Start: standInGCP,
		Destination: "{gcpSecretManager: {name: shop, mapping: perKey}}",
		Identity:    below("gcpSecretManager/escsync-test/shop_"),
		Limits:      Limits{EditsUnseen: true},
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

func TestBrakeOfADestination(t *testing.T) {
	t.Parallel()
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			Brake(t, row)
		})
	}
}
