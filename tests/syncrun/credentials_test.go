package syncrun

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// Credentials belong to the provider. A token from the environment is in no state, so the next command may use another.
// A configured token is a secret in the provider's state, and renewing it changes no resource and starts no run.
func TestTokensAreTheProviders(t *testing.T) {
	t.Parallel()
	f := newFixture(t, harness.Options{})
	ctx := t.Context()
	dir := f.program(run("run", 1))
	_, err := f.Up(ctx, dir, stack)
	require.NoError(t, err)
	state, err := f.Pulumi(ctx, dir, "stack", "export", "--show-secrets", "--stack", harness.Organization+"/"+stack)
	require.NoError(t, err)
	assert.NotContains(t, state.Stdout, f.Cloud.AccessToken())

	first, second := f.Cloud.AddToken("syncs"), f.Cloud.AddToken("syncs")
	for _, token := range []string{first, second, f.Cloud.AccessToken()} { // the last may read the environment, too
		require.NoError(t, f.SetSecretConfig(ctx, dir, stack, "escsync:accessToken", token))
		result, err := f.Up(ctx, dir, stack)
		require.NoError(t, err)
		assert.Empty(t, result.Changes())
		for _, kind := range []string{"escsync:index:SyncRun", "escsync:index:Caretaker"} {
			assert.NotContains(t, f.outputs(kind), "accessToken")
		}
	}
	assert.Equal(t, []string{"update succeeded"}, f.deployments())

	_, err = f.Destroy(ctx, dir, stack)
	require.NoError(t, err)
	assert.NotContains(t, f.Cloud.Stacks(), "acme/"+target)
	for _, token := range []string{f.Cloud.AccessToken(), first, second} {
		assert.Empty(t, harness.Leaks(f.Transcript(), token))
	}
}
