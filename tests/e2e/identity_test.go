package e2e

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A scheduled run has no user: it runs with its stack's own token, which an organization may keep from opening
// environments.
func TestScheduledRunWithItsOwnToken(t *testing.T) {
	t.Parallel()
	for name, restricted := range map[string]bool{"may open environments": false, "may not open environments": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := harness.New(t, harness.Options{RestrictStackTokens: restricted})
			up(t, h, write(t, h, sync(awsSync)))
			h.Cloud.AdvanceClock(time.Hour)
			last := lastRun(t, h, awsTarget)
			if !restricted {
				require.Equal(t, "succeeded", last.Status, last.Log)
				assert.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/db"))
				return
			}
			require.Equal(t, "failed", last.Status, last.Log)
			assert.Contains(t, last.Log, "deployment.accessToken", "the log must name the remedy")
			_, err := h.Secret(t.Context(), region, "prod/db")
			assert.Error(t, err, "nothing may be pushed")
		})
	}
}

// An access token in the settings gives every run the identity of its owner.
func TestScheduledRunWithAnAccessToken(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{RestrictStackTokens: true})
	up(t, h, write(t, h, sync(awsSync+`
deployment:
  accessToken:
    fn::secret: `+h.Cloud.AccessToken())))
	h.Cloud.AdvanceClock(time.Hour)
	last := lastRun(t, h, awsTarget)
	require.Equal(t, "succeeded", last.Status, last.Log)
	assert.JSONEq(t, `{"user":"bob","password":"hunter2"}`, secretValue(t, h, "prod/db"))
	assert.NotContains(t, last.Log, h.Cloud.AccessToken())
}

// A team's token opens what the team was granted: the sync's own environment by teams, an imported one by a grant of
// its own. Without either the log names the remedy, and nothing is pushed.
func TestScheduledRunWithATeamsToken(t *testing.T) {
	t.Parallel()
	const imports = "imports: [shop/database]\nenvironmentValues: {user: '$${database}'}\n"
	for name, test := range map[string]struct {
		more  string
		grant bool
		want  string
	}{
		"the team is granted":          {"teams: [syncs]\n", false, "succeeded"},
		"another team is":              {"teams: [others]\n", false, "failed"},
		"none is":                      {"", false, "failed"},
		"an import without a grant":    {"teams: [syncs]\n" + imports, false, "failed"},
		"an import with a grant of it": {"teams: [syncs]\n" + imports, true, "succeeded"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := harness.New(t, harness.Options{RestrictStackTokens: true})
			require.NoError(t, h.CreateEnvironment(t.Context(), "shop/database", "values: {database: x}\n"))
			token := h.Cloud.AddToken("syncs")
			program := sync(awsSync + test.more + "deployment: {accessToken: {fn::secret: " + token + "}}\n")
			if test.grant {
				program += `  grant:
    type: pulumiservice:TeamEnvironmentPermission
    properties: {organization: acme, project: shop, environment: database, team: syncs, permission: open}
`
			}
			up(t, h, write(t, h, program))
			h.Cloud.AdvanceClock(time.Hour)
			last := lastRun(t, h, awsTarget)
			require.Equal(t, test.want, last.Status, last.Log)
			assert.NotContains(t, last.Log, token)
			_, err := h.Secret(t.Context(), region, "prod/db")
			if test.want == "succeeded" {
				require.NoError(t, err)
				return
			}
			require.Error(t, err, "nothing may be pushed")
			assert.Contains(t, last.Log, "as deployment.accessToken, with the token's team in teams")
		})
	}
}
