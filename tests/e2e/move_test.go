package e2e

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// goOn makes the engine continue with the other syncs when one fails.
const goOn = "--continue-on-error"

// oneEach pushes each key to its own secret, named prefix/key and deleted without a recovery window.
func oneEach(value, policy, prefix, region string) string {
	return "value: " + value + "\ndeletionPolicy: " + policy + "\ndestination: {awsSecretsManager: {path: " + prefix +
		", recoveryWindowInDays: 0, region: " + region + "}}\n"
}

// The state of one account must not be used for another, where somebody else may own the same names. A sync whose
// region changes is refused before it writes anything. With another stack it pushes to both regions, whatever the
// policies.
func TestASyncMovesWithItsStackOnly(t *testing.T) {
	t.Parallel()
	const elsewhere = "eu-west-1"
	h := harness.New(t, harness.Options{})
	policies := []string{"Retain", "Delete"}
	program := func(where string, otherStack bool) string {
		all := map[string]string{}
		for _, policy := range policies {
			all[policy] = unwatched + oneEach("{user: bob, password: hunter2}", policy, policy, where)
			if otherStack {
				all[policy] += "stackName: shop-eu-" + policy + "\n"
			}
		}
		return write(t, h, manySyncs(all))
	}
	holds := func(where, name string) bool {
		_, err := describe(t, h, where, name)
		return err == nil
	}
	account, err := sts.NewFromConfig(h.AWS(region)).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	require.NoError(t, err)

	here, there := program(region, false), program(elsewhere, false)
	up(t, h, here)
	result, err := h.Up(t.Context(), there, stack, goOn)
	require.Error(t, err)
	assert.Contains(t, result.Stdout+result.Stderr, "Cause: this target has pushed to AWS account")
	assert.NotContains(t, result.Stdout+result.Stderr, "hunter2")
	for _, policy := range policies {
		run := lastRun(t, h, "escsync-target/shop-dev-"+policy)
		assert.Contains(t, run.Log, "has pushed to AWS account "+aws.ToString(account.Account)+" us-west-2 until now")
		assert.Contains(t, run.Log, "another stackName")
		assert.NotContains(t, run.Log, "hunter2")
		assert.True(t, holds(region, policy+"/user"))
		assert.False(t, holds(elsewhere, policy+"/user"))
	}

	// Neither a destroy in the meantime nor the way back deletes a secret.
	result, err = h.Destroy(t.Context(), there, stack, goOn)
	require.Error(t, err)
	assert.Regexp(t, "Delete-caretaker.*\n?.*Cause: this target has pushed to AWS account",
		result.Stdout+result.Stderr)
	for _, policy := range policies {
		assert.True(t, holds(region, policy+"/user"))
	}
	up(t, h, here)
	for _, policy := range policies {
		assert.Equal(t, "bob", secretValue(t, h, policy+"/user"))
	}

	up(t, h, program(elsewhere, true))
	for _, policy := range policies {
		for _, name := range []string{policy + "/user", policy + "/password"} {
			assert.True(t, holds(region, name), "%s is gone from the old place", name)
			assert.True(t, holds(elsewhere, name), "%s is not in the new place", name)
		}
	}
}

// The deletion policy of the last run applies to what is no longer pushed, not the policy of this change: nobody
// loses a secret by renaming it and choosing Delete in one step. If another key now has the same secret, the engine
// would delete it with the old resource, after writing it for the new one. That is refused.
func TestWhatIsNoLongerPushed(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	const bob = "{user: bob, password: hunter2}"
	const flat, nested = "{db/user: bob, other: x}", "{db: {user: carol}, other: x}"
	// Each change is run twice, by the webhook and by the program.
	old := func(policy, sync string) string { return oneEach(bob, policy, sync+"/old", region) }
	renew := func(sync string) string { return oneEach(bob, "Delete", sync+"/new", region) }
	step := func(together, back, before, key string) string {
		return write(t, h, manySyncs(map[string]string{"together": together, "back": back, "before": before, "key": key}))
	}
	key := func(policy, value string) string { return unwatched + oneEach(value, policy, "key", region) }

	up(t, h, step(old("Retain", "together"), old("Delete", "back"), old("Retain", "before"), key("Delete", flat)))
	result, err := h.Up(t.Context(),
		step(old("Retain", "together"), old("Retain", "back"), old("Delete", "before"), key("Delete", nested)), stack, goOn)
	require.Error(t, err)
	assert.Contains(t, lastRun(t, h, "escsync-target/shop-dev-key").Log, "it would be deleted with the old key")
	assert.NotContains(t, result.Stdout+result.Stderr, "carol")
	assert.Equal(t, "bob", secretValue(t, h, "key/db/user"))

	// The key: Retain first, as the message says.
	up(t, h, step(renew("together"), renew("back"), renew("before"), key("Retain", flat)))
	for sync, stays := range map[string]bool{"together": true, "back": true, "before": false} {
		for _, name := range []string{"user", "password"} {
			_, err := describe(t, h, region, sync+"/new/"+name)
			require.NoError(t, err)
			_, err = describe(t, h, region, sync+"/old/"+name)
			assert.Equal(t, stays, err == nil, "%s of %s: %v", name, sync, err)
		}
	}
	up(t, h, step(renew("together"), renew("back"), renew("before"), key("Delete", nested)))
	assert.Equal(t, "carol", secretValue(t, h, "key/db/user"))
}
