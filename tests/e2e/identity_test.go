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
