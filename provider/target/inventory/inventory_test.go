package inventory_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

func list(n int) map[string]string {
	secrets := map[string]string{}
	for i := range n {
		secrets[fmt.Sprintf("aws/%02d", i)] = ""
	}
	return secrets
}

func TestDeletionLimit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		old, stay int
		allowed   string
		stops     bool
	}{
		{40, 3, "", true},
		{40, 39, "", false},
		{40, 20, "", false},
		{40, 19, "", true},
		{3, 0, "", false},
		{4, 2, "", false},
		{4, 1, "", true},
		{40, 3, "37", false},
		{40, 3, "36", true},
		{40, 3, "92%", true},
		{40, 3, "93%", false},
		{40, 0, "100%", false},
		{3, 2, "0", true},
		{3, 2, "0%", true},
		{3, 3, "0", false},
		{0, 0, "0", false},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%d of %d stay, %q allowed", test.stay, test.old, test.allowed), func(t *testing.T) {
			t.Parallel()
			allowed, err := inventory.ParseAllowance(test.allowed)
			require.NoError(t, err)
			reasons := inventory.Change{Old: list(test.old), New: list(test.stay), Allowed: allowed}.Check()
			assert.Equal(t, test.stops, len(reasons) > 0, reasons)
			if test.stops {
				assert.Contains(t, reasons[0], fmt.Sprintf("remove %d of %d", test.old-test.stay, test.old))
				assert.Contains(t, reasons[0], fmt.Sprintf("set maxDeletions to %d.", test.old-test.stay))
			}
		})
	}
}

func TestDeletionLimitNamesAFew(t *testing.T) {
	t.Parallel()
	reasons := inventory.Change{Old: list(8), New: map[string]string{"aws/07": ""}}.Check()
	require.Len(t, reasons, 1)
	assert.Contains(t, reasons[0], "They are aws/00, aws/01, aws/02, aws/03, aws/04 and 2 more")
}

func TestDeletionLimitCoversASwitchOfDestination(t *testing.T) {
	t.Parallel()
	reasons := inventory.Change{Old: list(5), New: map[string]string{"vault/secret/app": ""}}.Check()
	assert.Len(t, reasons, 1)
}

// In another account the same names mean different secrets, so the state says nothing about them.
func TestATargetStaysWhereItIs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		before, now string
		stops       bool
	}{
		{"Vault at https://a", "Vault at https://b", true},
		{"AWS account 1 us-west-2", "AWS account 1 eu-west-1", true},
		{"AWS account 1 us-west-2", "AWS account 2 us-west-2", true},
		{"Vault at https://a", "Vault at https://a", false},
		{"", "Vault at https://a", false},
		{"Vault at https://a", "", false},
		{"Vault at https://a", "GCP project a", false},
	} {
		reasons := inventory.Change{
			Old: list(2), New: list(2), OldAccount: test.before, Account: test.now, AdoptionPolicy: inventory.AdoptAll,
		}.Check()
		assert.Equal(t, test.stops, len(reasons) > 0, "%q to %q: %v", test.before, test.now, reasons)
		if test.stops {
			assert.Contains(t, reasons[0], test.before)
			assert.Contains(t, reasons[0], test.now)
			assert.Contains(t, reasons[0], "another stackName")
		}
	}
}

// A new kind would change the names of the secrets, and nobody asked for that.
func TestAValueKeepsItsKind(t *testing.T) {
	t.Parallel()
	const text, object = inventory.KindText, inventory.KindObject
	for _, test := range []struct{ before, now, want string }{
		{text, object, "the value was a text and is now an object or a list: nothing was changed. Set mapping to say"},
		{object, text, "the value was an object or a list and is now a text: nothing was changed. Set mapping to say"},
		{text, text, ""},
		{text, "", ""},
		{"", object, ""},
	} {
		reasons := inventory.Change{Old: list(9), New: list(1), OldKind: test.before, Kind: test.now}.Check()
		require.Len(t, reasons, 1, "the deletion limit, or this instead of it")
		if test.want != "" {
			assert.Contains(t, reasons[0], test.want)
		} else {
			assert.Contains(t, reasons[0], "remove 8 of 9")
		}
	}
}

// Removed secrets follow the policy of the previous run.
func TestRetentionComesBeforeTheRemoval(t *testing.T) {
	t.Parallel()
	change := inventory.Change{
		Old: list(3), New: list(2), OldDeletable: []string{"aws/00", "aws/02"}, OldPolicy: "Delete", Policy: "Delete, db.*",
	}
	reasons := change.Check()
	require.Len(t, reasons, 1)
	assert.Contains(t, reasons[0], "would still delete aws/02: nothing was changed")
	change.Policy = "Delete"
	assert.Empty(t, change.Check(), "it was said before that it goes")
	change.Policy, change.New = "Retain", list(3)
	assert.Empty(t, change.Check(), "nothing goes")
	change.OldDeletable, change.New, change.Policy = nil, list(2), "Delete"
	change.OldPolicy = "Retain"
	assert.Empty(t, change.Check(), "it stays under the previous policy")
}

// A type that the user chose may stand for the secrets of another type, under names of its own.
func TestRetentionComesBeforeAnotherType(t *testing.T) {
	t.Parallel()
	change := inventory.Change{
		Old: map[string]string{"github/app/A": ""}, New: map[string]string{"resource/A": ""},
		OldDeletable: []string{"github/app/A"}, Type: "github:index/actionsSecret:ActionsSecret",
	}
	reasons := change.Check()
	require.Len(t, reasons, 1)
	assert.Contains(t, reasons[0], "would then delete github/app/A: nothing was changed")
	change.OldType, change.Type = change.Type, ""
	assert.Equal(t, reasons, change.Check(), "back to the platform")
	change.OldPolicy, change.Policy = "Delete", "Retain"
	assert.NotContains(t, change.Check()[0], "new destination", "the policy comes too late for both")
	change.OldPolicy, change.OldDeletable = "Retain", nil
	assert.Empty(t, change.Check(), "it stays")
	change.OldType, change.OldDeletable = "", []string{"github/app/A"}
	change.OldPolicy = change.Policy
	assert.Empty(t, change.Check(), "another platform has other secrets")
}

func TestParseAllowance(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"-1", "x", "101%", "-5%", "%", "1.5", "5 %"} {
		_, err := inventory.ParseAllowance(text)
		require.Error(t, err, text)
	}
	for _, text := range []string{"", "0", "5", "0%", "100%"} {
		allowed, err := inventory.ParseAllowance(text)
		require.NoError(t, err)
		assert.Equal(t, text, allowed.String())
	}
}

func TestAdopt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		adoptionPolicy, found string
		known                 bool
		want                  string
	}{
		{inventory.AdoptOwned, inventory.Owned, false, ""},
		{inventory.AdoptOwned, inventory.NotOwned, false, "does not belong to this sync"},
		{inventory.AdoptOwned, inventory.Untagged, false, "cannot say who owns it"},
		{inventory.AdoptAll, inventory.Owned, false, ""},
		{inventory.AdoptAll, inventory.NotOwned, false, ""},
		{inventory.AdoptAll, inventory.Untagged, false, ""},
		{inventory.AdoptNever, inventory.Owned, false, "adoptionPolicy is Never"},
		{inventory.AdoptNever, inventory.NotOwned, false, "adoptionPolicy is Never"},
		{inventory.AdoptNever, inventory.Untagged, false, "adoptionPolicy is Never"},
		{inventory.AdoptOwned, inventory.NotOwned, true, ""},
		{inventory.AdoptNever, inventory.Untagged, true, ""},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s %s known %t", test.adoptionPolicy, test.found, test.known), func(t *testing.T) {
			t.Parallel()
			change := inventory.Change{
				New: map[string]string{"p/a": ""}, Found: map[string]string{"p/a": test.found}, AdoptionPolicy: test.adoptionPolicy,
			}
			if test.known {
				change.Old = map[string]string{"p/a": ""}
			}
			reasons := change.Check()
			if test.want == "" {
				assert.Empty(t, reasons)
				return
			}
			require.Len(t, reasons, 1)
			assert.Contains(t, reasons[0], "p/a exists on the platform")
			assert.Contains(t, reasons[0], test.want)
		})
	}
}

func TestImmutableSettingsCannotChange(t *testing.T) {
	t.Parallel()
	change := inventory.Change{
		Old: map[string]string{"gcp/a": ""}, New: map[string]string{"gcp/a": "replication in europe-west1"},
	}
	assert.Equal(t, []string{"gcp/a exists with defaults, which the platform cannot change to replication in " +
		"europe-west1: " +
		"give it another name, or delete it first"}, change.Check())
}

// Whatever the lists are, a change that passes never removes more than the allowance.
func TestDeletionLimitNeverAllowsMore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfDistinct(rapid.StringMatching(`[a-e]{1,2}`), rapid.ID[string])
		secrets := func(label string) map[string]string {
			result := map[string]string{}
			for _, id := range ids.Draw(t, label) {
				result[id] = ""
			}
			return result
		}
		before, after := secrets("before"), secrets("after")
		allowed, err := inventory.ParseAllowance(rapid.StringMatching(`|[0-9]|[0-9][0-9]?%`).Draw(t, "allowed"))
		require.NoError(t, err)
		lost := 0
		for id := range before {
			if _, stays := after[id]; !stays {
				lost++
			}
		}
		passed := len(inventory.Change{Old: before, New: after, Allowed: allowed}.Check()) == 0
		assert.Equal(t, lost <= allowed.Of(len(before)), passed)
	})
}

// A tag that changed between two runs means that another sync has adopted the secret. Writing it again would start a
// fight.
func TestASecretOfAnotherSyncIsNotChanged(t *testing.T) {
	t.Parallel()
	change := inventory.Change{
		Old: list(2), New: list(2), Owners: map[string]string{"aws/01": "shop/dev/other"},
		AdoptionPolicy: inventory.AdoptAll,
	}
	reasons := change.Check()
	require.Len(t, reasons, 1)
	assert.Contains(t, reasons[0], "aws/01 belongs to shop/dev/other now")
	change.Old = list(1)
	assert.Empty(t, change.Check(), "what was not ours is adopted")
}

// When a resource moves to another location, the engine deletes the secret at the old one.
func TestASecretOfAnotherSyncIsNotLostToAnotherLocation(t *testing.T) {
	t.Parallel()
	change := inventory.Change{
		Old: map[string]string{"gcp/old/db": ""}, New: map[string]string{"gcp/new/db": ""},
		Lost: map[string]string{"gcp/old/db": "db"},
	}
	assert.Empty(t, change.Check())
	change.Owners = map[string]string{"gcp/old/db": "shop/dev/other"}
	reasons := change.Check()
	require.Len(t, reasons, 1)
	assert.Contains(t, reasons[0], "gcp/old/db belongs to shop/dev/other now")
}

// The refusal names the owner and the safe order of steps.
func TestARefusalNamesTheOwner(t *testing.T) {
	t.Parallel()
	reasons := inventory.Change{
		New: map[string]string{"p/a": ""}, Found: map[string]string{"p/a": inventory.NotOwned},
		Owners: map[string]string{"p/a": "shop/dev/other"}, AdoptionPolicy: inventory.AdoptOwned,
	}.Check()
	require.Len(t, reasons, 1)
	assert.Contains(t, reasons[0], "belongs to shop/dev/other")
	assert.Contains(t, reasons[0], "set deletionPolicy to Retain there")
}
