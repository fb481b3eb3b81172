package destinations

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/long"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/aws"
	"github.com/escsync/pulumi-escsync/tests/platforms/azurekeyvault"
)

func TestMain(m *testing.M) {
	if _, err := harness.FindTools(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func TestLifeOfADestination(t *testing.T) {
	t.Parallel()
	EachRow(t, false, Live)
}

func TestAnotherSyncsSecretsStay(t *testing.T) {
	t.Parallel()
	EachRow(t, false, shortOn("awsParameterStore", "githubSecrets", Adopted))
}

func TestNothingIsDeletedElsewhere(t *testing.T) {
	t.Parallel()
	EachRow(t, false, shortOn("awsSecretsManager", "gcpSecretManager", Elsewhere))
}

// shortOn runs a test on two rows, one of them on AWS. `make test-full` runs it on all.
func shortOn(first, second string, test func(*testing.T, platforms.Row)) func(*testing.T, platforms.Row) {
	return func(t *testing.T, row platforms.Row) {
		if row.Name != first && row.Name != second {
			long.Only(t)
		}
		test(t, row)
	}
}

// The limit counts keys in the same way on every platform, so `make test` tests it on one.
func TestDeletionLimitOfADestination(t *testing.T) {
	t.Parallel()
	EachRow(t, false, func(t *testing.T, row platforms.Row) {
		if row.Name != "awsParameterStore" {
			long.Only(t)
		}
		DeletionLimit(t, row)
	})
}

func TestBytesOfADestination(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"awsSecretsManager", "gcpSecretManager"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			Bytes(t, RowOf(t, name))
		})
	}
}

// All platforms read a definition in the same way, so `make test` tests it on one.
func TestPatternFormOfADefinition(t *testing.T) {
	t.Parallel()
	EachRow(t, false, func(t *testing.T, row platforms.Row) {
		if row.Name != "awsParameterStore" { // its own default is another mapping
			long.Only(t)
		}
		PatternForm(t, row)
	})
}

func TestDeletingWithARecoveryWindow(t *testing.T) {
	t.Parallel()
	Deleting(t, platforms.Row{
		Start:       aws.Moto.Start,
		Destination: "{awsSecretsManager: {path: shop, region: us-west-2, recoveryWindowInDays: 0}}",
		Deleting:    "{awsSecretsManager: {path: shop, region: us-west-2}}",
		Identity:    platforms.Below("awsSecretsManager/us-west-2/shop/"),
		Restoring:   "aws secretsmanager restore-secret",
		Limits:      platforms.Limits{NamesReserved: "scheduled for deletion"},
	})
}

// Resource Manager returns tags, but no values. An edit that removes the tags is detected (see Live). An edit with the
// same tags is not detected until the value changes in ESC.
func TestEditedWithItsTags(t *testing.T) {
	t.Parallel()
	const edited = "edited elsewhere"
	row := RowOf(t, "azureKeyVault")
	Edited(t, row, func(ctx context.Context, platform platforms.Platform) (map[string]string, error) {
		err := platform.(*azurekeyvault.Server).PutWithTags(ctx, row.Identity("user"), edited)
		return map[string]string{"user": edited}, err
	})
}

// Two spellings of a key mean the same variable, which GitHub creates only once: it is written, and not deleted with
// its former key.
func TestAChangedKeyOfAVariable(t *testing.T) {
	t.Parallel()
	s := start(t, RowOf(t, "githubVariables"), map[string]string{"db_user": "bob", "other": "x"})
	s.policy = deletes
	s.expected = map[string]string{"db_user": "bob", "other": "x"}
	s.up()
	s.contains("first")
	s.succeeded(s.edit(map[string]string{"db-user": "carol", "other": "x"}))
	s.expected["db_user"] = "carol"
	s.contains("under the other key, with another value")
}

// AWS cannot lower a tier, so the provider would delete the parameter and create it again. AWS refuses that if the
// policy retains the parameter. So the parameter stays in its tier.
func TestATierIsNotLowered(t *testing.T) {
	t.Parallel()
	tier := func(tier string) string {
		return "{awsParameterStore: {path: /shop, region: us-west-2, tier: " + tier + "}}"
	}
	row := RowOf(t, "awsParameterStore")
	row.Destination = tier("Advanced")
	s := start(t, row, map[string]string{"user": "bob"})
	s.expected = map[string]string{"user": "bob"}
	s.up()
	s.row.Destination = tier("Standard")
	writes := s.platform.Writes()
	s.up()
	s.contains("in its tier")
	assert.Equal(t, writes, s.platform.Writes())
}
