package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A destroy empties the target stacks before it deletes anything else. The policy decides about the secrets. A key in
// retainKeys stays on the platform even if the policy deletes the others, and the sync can adopt it again.
func TestDestroyByPolicy(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	const destination = "destination: {awsSecretsManager: {path: keys, region: " + region +
		", recoveryWindowInDays: 0, keys: {rename: {third: renamed/3rd}}}}\n"
	retained := pushedAs("prod/retained") + "deletionPolicy: Retain\n"
	program := func(keys string) string {
		return write(t, h, manySyncs(map[string]string{
			"retained": retained,
			"deleted":  pushedAs("prod/deleted") + "deletionPolicy: Delete\n",
			"keys":     unwatched + "value: " + keys + "\ndeletionPolicy: Delete\nretainKeys: [user]\n" + destination,
		}))
	}
	holds := func(name string) bool {
		_, err := describe(t, h, region, name)
		return err == nil
	}
	up(t, h, program("{user: bob, other: x, third: y}"))
	require.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/retained"))
	require.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/deleted"))
	require.True(t, holds("keys/other"))
	require.Equal(t, "y", secretValue(t, h, "renamed/3rd"), "the name is not the one that path and key make")

	up(t, h, program("{third: y, fourth: z}"))
	assert.Equal(t, "bob", secretValue(t, h, "keys/user"))
	assert.False(t, holds("keys/other"))

	dir := program("{user: carol, other: x, third: y}")
	up(t, h, dir)
	assert.Equal(t, "carol", secretValue(t, h, "keys/user"))

	_, err := h.Destroy(t.Context(), dir, stack)
	require.NoError(t, err)
	assert.Equal(t, []string{harness.Organization + "/" + stack}, h.Cloud.Stacks(), "a target stack is still there")
	found, err := describe(t, h, region, "prod/deleted")
	require.NoError(t, err)
	assert.NotNil(t, found.DeletedDate, "the secret is not scheduled for deletion")
	found, err = describe(t, h, region, "prod/retained")
	require.NoError(t, err)
	assert.Nil(t, found.DeletedDate)
	assert.Equal(t, "carol", secretValue(t, h, "keys/user"))
	_, err = describe(t, h, region, "renamed/3rd")
	require.ErrorContains(t, err, "ResourceNotFound")

	// It adopts the secret that it left behind.
	up(t, h, write(t, h, manySyncs(map[string]string{"retained": strings.ReplaceAll(retained, "hunter2", "hunter3")})))
	assert.JSONEq(t, `{"user":"bob","password":"hunter3"}`, secretValue(t, h, "prod/retained"))
}

// A failed sync fails the program, says where to look, and sends notifications.
func TestFailedSync(t *testing.T) {
	t.Parallel()
	messages := make(chan string, 8)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a short body fails the assertion
		messages <- r.Header.Get("Pulumi-Webhook-Signature") + " " + string(body)
	}))
	defer receiver.Close()
	h := harness.New(t, harness.Options{})
	properties := pushedAs("prod/db") +
		"notifications: [{url: '" + receiver.URL + "', secret: {fn::secret: k}}]\n"
	broken := properties + "deployment: {preRunCommands: [exit 3]}\n"
	result, err := h.Up(t.Context(), write(t, h, oneSync(broken)), stack)
	require.Error(t, err)
	output := result.Stdout + result.Stderr
	assert.Contains(t, output, "deployment 1: failed")
	assert.NotContains(t, output, "context canceled", "what follows from the failure hides it")
	assert.NotContains(t, output, "hunter2")
	var message string
	select {
	case message = <-messages:
	case <-time.After(time.Minute):
		t.Fatal("nobody was messages")
	}
	assert.Regexp(t, `^[0-9a-f]{64} \{`, message, "the message is not signed")
	assert.Contains(t, message, "shop-dev-db")
	assert.NotContains(t, message, "hunter2")

	up(t, h, write(t, h, oneSync(properties)))
	assert.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/db"))
}
