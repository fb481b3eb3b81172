package e2e

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/pulumi/pulumi-cloud-sdk/go/apiclient"
	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// reviewer returns a function that approves and applies a change request with Pulumi's own client.
func reviewer(t *testing.T, h *harness.Harness) func(id string) {
	t.Helper()
	client := &apiclient.CloudClient{BaseURL: h.Cloud.URL(), Executor: func(r *http.Request) (*http.Response, error) {
		r.Header.Set("Authorization", "token "+h.Cloud.AccessToken())
		return http.DefaultClient.Do(r)
	}}
	return func(id string) {
		t.Helper()
		require.NoError(t, client.Approve(
			t.Context(), harness.Organization, id, cloudtype.ApproveChangeRequestRequest{RevisionNumber: 1}))
		_, err := client.Apply(t.Context(), harness.Organization, id)
		require.NoError(t, err)
	}
}

var submitted = regexp.MustCompile(`submitted as change request ([0-9a-f-]+)`)

// If updates of an environment need an approval, a change is submitted once. After it is applied, the next `pulumi up`
// continues, with or without a refresh.
func TestUpdatesThatNeedApproval(t *testing.T) {
	t.Parallel()
	const environment = "escsync/shop-dev-db"
	ctx := t.Context()
	h := harness.New(t, harness.Options{})
	apply := reviewer(t, h)
	program := func(user string) string {
		return write(t, h, oneSync(unwatched+fmt.Sprintf(`
value: {user: %s}
destination: {awsSecretsManager: {name: prod/db, region: %s}}
`, user, region)))
	}
	up(t, h, program("ann"))
	require.NoError(t, h.Cloud.RequireApproval(environment, "update"))

	_, err := h.Up(ctx, program("bob"), stack)
	require.Error(t, err)
	found := submitted.FindStringSubmatch(err.Error())
	require.NotNil(t, found, err)
	id := found[1]
	for _, args := range [][]string{nil, {"--refresh"}} {
		_, err = h.Up(ctx, program("bob"), stack, args...)
		require.ErrorContains(t, err, "change request "+id+" is open", "after %v", args)
	}
	require.Len(t, h.Deployments(awsTarget), 1, "a run of what is not approved")
	require.JSONEq(t, `{"user":"ann"}`, secretValue(t, h, "prod/db"))

	apply(id)
	_, revision := h.Cloud.StoredEnvironment(environment)
	result := up(t, h, program("bob"))
	assert.JSONEq(t, `{"user":"bob"}`, secretValue(t, h, "prod/db"))
	assert.NotContains(t, result.Stdout+result.Stderr, "change request")
	require.Len(t, h.Deployments(awsTarget), 2)
	for _, args := range [][]string{{"--refresh"}, nil} {
		up(t, h, program("bob"), args...)
	}
	require.Len(t, h.Deployments(awsTarget), 2, "a run with nothing new")
	_, after := h.Cloud.StoredEnvironment(environment)
	assert.Equal(t, revision, after, "the environment was written with nothing new")
}

// If opening an environment, or an imported one, needs an approval, the preview says so, and so does the failed run.
func TestOpensThatNeedApproval(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	h := harness.New(t, harness.Options{RealExecutor: true})
	require.NoError(t, h.CreateEnvironment(ctx, "team/app", "values: {password: {fn::secret: hunter2}}"))
	dir := write(t, h, oneSync(unwatched+`
imports: [team/app]
value: $${password}
destination: {awsSecretsManager: {name: prod/db, region: us-west-2}}
`))
	up(t, h, dir)
	require.NoError(t, h.Cloud.RequireApproval("team/app", "open"))
	require.NoError(t, h.Cloud.RequireApproval("escsync/shop-dev-db", "open"))
	result, err := h.Preview(ctx, dir, stack)
	require.NoError(t, err)
	for _, at := range []string{"environmentName", "imports[0]"} {
		assert.Contains(t, result.Stdout+result.Stderr, at+": opening this environment needs an approval")
	}
	for _, gated := range []string{"escsync/shop-dev-db", "team/app"} {
		require.NoError(t, h.Cloud.RequireApproval("escsync/shop-dev-db"))
		require.NoError(t, h.Cloud.RequireApproval("team/app"))
		require.NoError(t, h.Cloud.RequireApproval(gated, "open"))
		h.Cloud.AdvanceClock(time.Hour)
		run := lastRun(t, h, awsTarget)
		require.Equal(t, "failed", run.Status, gated)
		assert.Contains(t, run.Log, "cannot open the environment", gated)
		result, err = h.Preview(ctx, dir, stack)
		require.NoError(t, err)
		assert.Contains(t, result.Stdout+result.Stderr,
			"or one that it imports, needs an approval, and a run does not wait for one")
	}
}
