package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

const (
	byKeyHo = "destination: {awsSecretsManager: {path: ho, region: us-west-2}}\n"
	deletes = unwatched + "deletionPolicy: Delete\n"
)

// A key that moves to another sync is adopted there. The old sync stops managing it, and never deletes it: not in the
// run that loses the key, a later run, or a destroy.
func TestAKeyThatMovedIsNotDeleted(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := func(one string) string {
		return write(t, h, manySyncs(map[string]string{
			"one": deletes + "value: " + one + "\n" + byKeyHo,
			"two": deletes + "value: {b: 22, c: 3}\nadoptionPolicy: All\n" + byKeyHo,
		}))
	}
	up(t, h, write(t, h, manySyncs(map[string]string{"one": deletes + "value: {a: 1, b: 2}\n" + byKeyHo})))
	arn := secretARN(t, h, "ho/b")
	// Both push the key: the run of the first sync is refused and changes nothing.
	dir := program("{a: 1, b: 2}")
	_, err := h.Up(t.Context(), dir, stack)
	require.NoError(t, err)
	for _, keys := range []string{"{a: 1}", "{a: 5}", "{a: 5, d: 6}"} {
		up(t, h, program(keys))
		assert.Equal(t, arn, secretARN(t, h, "ho/b"), keys)
		assert.Equal(t, "22", secretValue(t, h, "ho/b"), keys)
	}
	assert.NotContains(t, string(h.Cloud.StackState(harness.Organization+"/escsync-target/shop-dev-one")), "/b\"")
}

// Without an alias, a renamed resource is a new sync, which adopts the secrets of the old one. The old one's teardown
// deletes none of them.
func TestARenamedSyncThatAdoptsRetainsItsSecrets(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	properties := deletes + "value: {user: bob, token: abc}\n" +
		"destination: {awsSecretsManager: {path: ren, region: us-west-2}}\n"
	up(t, h, write(t, h, manySyncs(map[string]string{"old": properties})))
	arn := secretARN(t, h, "ren/user")
	up(t, h, write(t, h, manySyncs(map[string]string{"new": properties + "adoptionPolicy: All\n"})))
	assert.Equal(t, arn, secretARN(t, h, "ren/user"))
	assert.Equal(t, "bob", secretValue(t, h, "ren/user"))
}
