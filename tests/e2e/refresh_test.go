package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// The pulumiservice provider reads a definition back with encrypted secrets, so after a refresh it looks changed. The
// next update writes a new revision, which changes nothing on the platform. Only the webhook starts a run, even if the
// first run is enabled: the program's own run is for changes, and there are none.
func TestRefreshStartsNoRunOfItsOwn(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	dir := write(t, h, oneSync(pushedAs("prod/db")))
	up(t, h, dir)
	require.Len(t, h.Deployments(awsTarget), 1)
	before := secretValue(t, h, "prod/db")
	assert.Equal(t, children{"Environment": "update"}, operations(up(t, h, dir, "--refresh"), ""))
	run := lastRun(t, h, awsTarget)
	assert.Equal(t, "succeeded", run.Status, run.Log)
	assert.Equal(t, "webhook", run.Initiator)
	assert.Len(t, h.Deployments(awsTarget), 2)
	assert.Equal(t, before, secretValue(t, h, "prod/db"))
	for op := range run.Changes() {
		assert.NotContains(t, []string{"create", "update", "replace", "delete"}, op)
	}
	assert.Empty(t, operations(up(t, h, dir), ""), "an update without refresh changes nothing")
	assert.Len(t, h.Deployments(awsTarget), 2)
}

// The pulumiservice provider treats an environment that it may not read as deleted. A refresh then removes it from the
// state, and the next update finds it and stops. docs/troubleshooting.md says what to do: delete the environment, which
// the program creates again, and refresh. Until then nothing is pushed and nothing is lost.
func TestRefreshThatMayNotReadTheEnvironment(t *testing.T) {
	t.Parallel()
	refuse := &refusal{method: http.MethodGet}
	h := harness.New(t, harness.Options{Middleware: refuse.middleware})
	dir := write(t, h, oneSync(pushedAs("prod/db")+"name: db\n"))
	const target = "escsync-target/db"
	up(t, h, dir)
	refuse.on.Store(true)
	result, err := h.Refresh(t.Context(), dir, stack)
	require.Error(t, err, "the webhook's failure is reported")
	assert.Contains(t, result.Stdout+result.Stderr, "Forbidden")
	refuse.on.Store(false)

	result, err = h.Up(t.Context(), dir, stack)
	require.Error(t, err)
	assert.Contains(t, result.Stdout+result.Stderr, "already exists")
	assert.NotContains(t, result.Stdout+result.Stderr, "hunter2")
	assert.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/db"))
	assert.Contains(t, h.Cloud.Stacks(), harness.Organization+"/"+target)

	_, err = h.Pulumi(t.Context(), dir, "env", "rm", harness.Organization+"/escsync/db", "--yes")
	require.NoError(t, err)
	up(t, h, dir, "--refresh")
	changed := write(t, h, oneSync(strings.ReplaceAll(awsSync, "hunter2", "hunter3")+"name: db\n"))
	up(t, h, changed)
	run := lastRun(t, h, target)
	assert.Equal(t, "succeeded", run.Status, run.Log)
	assert.Equal(t, "webhook", run.Initiator, "the environment that was made anew has no webhook")
	assert.JSONEq(t, `{"user":"bob","password":"hunter3"}`, secretValue(t, h, "prod/db"))
}
