package e2e

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// What a state tells of one place must not be taken for another, where the same names may be somebody else's. A sync
// whose region changes is stopped before it writes anything; from another stack it pushes to both places, whatever the
// policies.
func TestASyncMovesWithItsStackOnly(t *testing.T) {
	t.Parallel()
	const elsewhere = "eu-west-1"
	for _, policy := range []string{"Retain", "Delete"} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			h := harness.New(t, harness.Options{})
			program := func(where, more string) string {
				return write(t, h, sync("value: {user: bob, password: hunter2}\ndeletionPolicy: "+policy+"\n"+more+
					"destination: {awsSecretsManager: {name: prod, mapping: perKey, recoveryWindowInDays: 0, region: "+where+"}}\n"))
			}
			holds := func(where, name string) bool {
				_, err := h.SecretsManager(where).
					DescribeSecret(t.Context(), &secretsmanager.DescribeSecretInput{SecretId: &name})
				return err == nil
			}
			up(t, h, program(region, ""))
			result, err := h.Up(t.Context(), program(elsewhere, ""), stack)
			require.Error(t, err)
			run := lastRun(t, h, awsTarget)
			assert.Contains(t, run.Log, "has pushed to AWS account 123456789012 us-west-2 until now")
			assert.Contains(t, run.Log, "another stackName")
			assert.Contains(t, result.Stdout+result.Stderr, "set another stackName to move the sync")
			assert.NotContains(t, result.Stdout+result.Stderr+run.Log, "hunter2")
			assert.True(t, holds(region, "prod/user"))
			assert.False(t, holds(elsewhere, "prod/user"))

			// Neither a destroy in the meantime nor the way back costs a secret.
			result, err = h.Destroy(t.Context(), program(elsewhere, ""), stack)
			require.Error(t, err)
			assert.Contains(t, result.Stdout+result.Stderr, "lead to another place than what it has pushed to")
			assert.True(t, holds(region, "prod/user"))
			up(t, h, program(region, ""))
			assert.Equal(t, "bob", secretValue(t, h, "prod/user"))

			up(t, h, program(elsewhere, "stackName: shop-eu\n"))
			for _, name := range []string{"prod/user", "prod/password"} {
				assert.True(t, holds(region, name), "%s is gone from the old place", name)
				assert.True(t, holds(elsewhere, name), "%s is not in the new place", name)
			}
		})
	}
}

// A secret that another key stands for now is another resource in the state: the engine would delete the secret with
// the old one, after it was written for the new one.
func TestAKeyThatChangesUnderTheSameName(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := func(policy, value string) string {
		return write(t, h, sync("value: "+value+"\ndeletionPolicy: "+policy+
			"\ndestination: {awsSecretsManager: {name: prod, mapping: perKey, recoveryWindowInDays: 0, region: "+region+"}}\n"))
	}
	const flat, nested = "{db/user: bob, other: x}", "{db: {user: carol}, other: x}"
	up(t, h, program("Delete", flat))
	result, err := h.Up(t.Context(), program("Delete", nested), stack)
	require.Error(t, err)
	assert.Contains(t, lastRun(t, h, awsTarget).Log, "the platform would lose it with the old key")
	assert.NotContains(t, result.Stdout+result.Stderr, "carol")
	assert.Equal(t, "bob", secretValue(t, h, "prod/db/user"))

	up(t, h, program("Retain", flat)) // as the message says
	up(t, h, program("Delete", nested))
	assert.Equal(t, "carol", secretValue(t, h, "prod/db/user"))
}

// The deletion policy that counts for what is let go of is the one that the last run knew, not the one that comes with
// the change: nobody loses a secret by renaming it and choosing Delete in one go.
func TestTheOldNameIsOnlyDeletedIfDeleteWasSetBefore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		before []string // the policies before the change, one `pulumi up` each
		with   string   // the policy that comes with the change
		stays  bool
	}{
		{"Delete together with the change", []string{"Retain"}, "Delete", true},
		{"Delete and back before the change", []string{"Delete", "Retain"}, "Delete", true},
		{"Delete before the change", []string{"Retain", "Delete"}, "Delete", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := harness.New(t, harness.Options{})
			program := func(policy, name string) string {
				return write(t, h, sync("value: {user: bob, password: hunter2}\ndeletionPolicy: "+policy+
					"\ndestination: {awsSecretsManager: {name: "+name+", mapping: perKey, recoveryWindowInDays: 0, region: "+
					region+"}}\n"))
			}
			for _, policy := range c.before {
				up(t, h, program(policy, "old"))
			}
			up(t, h, program(c.with, "new"))
			for _, key := range []string{"/user", "/password"} {
				name := "new" + key
				_, err := h.SecretsManager(region).DescribeSecret(t.Context(), &secretsmanager.DescribeSecretInput{SecretId: &name})
				require.NoError(t, err)
				name = "old" + key
				_, err = h.SecretsManager(region).DescribeSecret(t.Context(), &secretsmanager.DescribeSecretInput{SecretId: &name})
				assert.Equal(t, c.stays, err == nil, "%s: %v", name, err)
			}
		})
	}
}
