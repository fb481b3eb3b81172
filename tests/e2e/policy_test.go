package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A destroy empties the target stack before anything else goes, on a service that honours the provider's forceDestroy
// and on one that does not. The policy decides over the secrets.
func TestDestroyByPolicy(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"Retain", "Delete"} {
		for _, honour := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, forceDestroy honoured: %t", policy, honour), func(t *testing.T) {
				t.Parallel()
				h := harness.New(t, harness.Options{HonourForceDestroy: honour})
				dir := write(t, h, sync(strings.ReplaceAll(awsSync, quiet, "")+"deletionPolicy: "+policy+"\n"))
				up(t, h, dir)
				require.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/db"))
				_, err := h.Destroy(t.Context(), dir, stack)
				require.NoError(t, err)
				assert.Equal(t, []string{harness.Organization + "/" + stack}, h.Cloud.Stacks(), "the target stack is still there")
				name := "prod/db"
				found, err := h.SecretsManager(region).DescribeSecret(t.Context(),
					&secretsmanager.DescribeSecretInput{SecretId: &name})
				require.NoError(t, err)
				if policy == "Delete" {
					assert.NotNil(t, found.DeletedDate, "the secret is not scheduled for deletion")
				} else {
					assert.Nil(t, found.DeletedDate)
					up(t, h, dir) // takes over what it left behind
					assert.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/db"))
				}
			})
		}
	}
}

// A key that is to be retained stays on the platform where the policy deletes the others, and comes back to the sync.
func TestRetainedKeyOutlivesTheSync(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := func(value string) string {
		return sync("value: " + value + `
deletionPolicy: Delete
retainKeys: [user]
destination: {awsSecretsManager: {name: prod, mapping: perKey, region: ` + region + `, recoveryWindowInDays: 0}}
`)
	}
	const first = "{user: bob, other: x, third: y}"
	up(t, h, write(t, h, program(first)))
	up(t, h, write(t, h, program("{third: y, fourth: z}")))
	assert.Equal(t, "bob", secretValue(t, h, "prod/user"))
	for _, name := range []string{"prod/other", "prod/user"} {
		_, err := h.SecretsManager(region).DescribeSecret(t.Context(), &secretsmanager.DescribeSecretInput{SecretId: &name})
		assert.Equal(t, name == "prod/user", err == nil, "%s: %v", name, err)
	}
	dir := write(t, h, program(strings.Replace(first, "bob", "carol", 1)))
	up(t, h, dir)
	assert.Equal(t, "carol", secretValue(t, h, "prod/user"))
	_, err := h.Destroy(t.Context(), dir, stack)
	require.NoError(t, err)
	assert.Equal(t, "carol", secretValue(t, h, "prod/user"))
	name := "prod/third"
	_, err = h.SecretsManager(region).DescribeSecret(t.Context(), &secretsmanager.DescribeSecretInput{SecretId: &name})
	require.ErrorContains(t, err, "ResourceNotFound")
}

// A sync that fails fails the program, with where to look, and tells whoever wants to know.
func TestFailedSync(t *testing.T) {
	t.Parallel()
	told := make(chan string, 8)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a short body fails the assertion
		told <- r.Header.Get("Pulumi-Webhook-Signature") + " " + string(body)
	}))
	defer receiver.Close()
	h := harness.New(t, harness.Options{})
	properties := strings.ReplaceAll(awsSync, quiet, "") +
		"notifications: [{url: '" + receiver.URL + "', secret: {fn::secret: k}}]\n"
	broken := properties + "deployment: {preRunCommands: [exit 3]}\n"
	result, err := h.Up(t.Context(), write(t, h, sync(broken)), stack)
	require.Error(t, err)
	output := result.Stdout + result.Stderr
	assert.Contains(t, output, "deployment 1: failed")
	assert.NotContains(t, output, "context canceled", "what follows from the failure hides it")
	assert.NotContains(t, output, "hunter2")
	var message string
	select {
	case message = <-told:
	case <-time.After(time.Minute):
		t.Fatal("nobody was told")
	}
	assert.Regexp(t, `^[0-9a-f]{64} \{`, message, "the message is not signed")
	assert.Contains(t, message, "shop-dev-db")
	assert.NotContains(t, message, "hunter2")

	up(t, h, write(t, h, sync(properties)))
	assert.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/db"))
}
