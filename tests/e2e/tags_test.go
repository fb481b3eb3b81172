package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// The environment and the target stack keep their tags, as the CLI shows them, through runs and changes. Other tags
// stay, and a refresh detects removed ones.
func TestTags(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	h := harness.New(t, harness.Options{})
	target, environment := harness.Organization+"/"+awsTarget, harness.Organization+"/escsync/shop-dev-db"
	// A refresh makes a new revision. A run that the webhook starts could write back old tags.
	program := func(tags string) string {
		return oneSync(pushedAs("prod/tagged") + unwatched + "pulumiTags: " + tags + "\n")
	}
	dir := write(t, h, program("{team: ops, cost: a/b c}"))
	pulumi := func(args ...string) (string, error) {
		result, err := h.Pulumi(ctx, dir, args...)
		if err != nil {
			return "", err
		}
		return result.Stdout, nil
	}
	has := func(name, want string) {
		t.Helper()
		stack, err := pulumi("stack", "tag", "get", name, "--stack", target)
		require.NoError(t, err)
		assert.Equal(t, want, strings.TrimSpace(stack))
		tag, err := pulumi("env", "tag", "get", environment, name)
		require.NoError(t, err)
		assert.Contains(t, tag, "Value: "+want+"\n")
	}

	up(t, h, dir)
	has("escsync:sync", "acme/shop/dev/db")
	has("escsync:version", "0.1.0")
	has("team", "ops")
	has("cost", "a/b c")
	listed, err := pulumi("stack", "ls", "--project", "escsync-target", "--tag", "escsync:sync")
	require.NoError(t, err)
	assert.Contains(t, listed, "shop-dev-db")
	listed, err = pulumi("stack", "ls", "--tag", "escsync:sync")
	require.NoError(t, err)
	assert.NotContains(t, listed, "dev", "the program's own stack")

	_, err = pulumi("stack", "tag", "set", "theirs", "x", "--stack", target)
	require.NoError(t, err)
	_, err = pulumi("stack", "tag", "rm", "team", "--stack", target)
	require.NoError(t, err)
	assert.Contains(t, operations(up(t, h, dir, "--refresh"), "db"), "Caretaker")
	has("team", "ops")

	dir = write(t, h, program("{team: web}"))
	assert.Equal(t, children{"Caretaker": "update"}, operations(up(t, h, dir), "db"))
	has("team", "web")
	_, err = pulumi("stack", "tag", "get", "cost", "--stack", target)
	require.Error(t, err, "it is not among the inputs any more")
	_, err = pulumi("env", "tag", "get", environment, "cost")
	require.Error(t, err, "it is not among the inputs any more")
	theirs, err := pulumi("stack", "tag", "get", "theirs", "--stack", target)
	require.NoError(t, err)
	assert.Equal(t, "x", strings.TrimSpace(theirs))
}
