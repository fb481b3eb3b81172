package deployments_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	. "github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

// reads are all read-only calls, each with its expected result.
func reads(client *deployments.Client) map[string]func(*testing.T) {
	ctx := context.Background()
	return map[string]func(*testing.T){
		"GET stack": func(t *testing.T) {
			exists, version, err := client.Version(ctx, stack)
			require.NoError(t, err)
			assert.True(t, exists)
			assert.Equal(t, 4, version)
		},
		"GET export": func(t *testing.T) {
			n, err := client.Resources(ctx, stack)
			require.NoError(t, err)
			assert.Equal(t, 7, n)
		},
		"GET settings": func(t *testing.T) {
			has, err := client.HasSettings(ctx, stack)
			require.NoError(t, err)
			assert.True(t, has)
		},
		"GET environment": func(t *testing.T) {
			has, err := client.HasEnvironment(ctx, deployments.Environment{Organization: "acme", Project: "proj", Name: "sync"})
			require.NoError(t, err)
			assert.True(t, has)
		},
		"GET metadata": func(t *testing.T) {
			paused, err := client.Paused(ctx, stack)
			require.NoError(t, err)
			assert.False(t, paused)
		},
		"GET updates": func(t *testing.T) {
			changes, err := client.Changes(ctx, stack, "id-1")
			require.NoError(t, err)
			assert.Equal(t, map[string]int{"create": 3, "same": 1}, changes)
		},
		"GET logs": func(t *testing.T) {
			lines, err := client.Log(ctx, stack, "id-1", 10)
			require.NoError(t, err)
			assert.Equal(t, []string{"=== pulumi update", "it broke"}, lines)
			lines, err = client.Log(ctx, stack, "id-1", 1)
			require.NoError(t, err)
			assert.Equal(t, []string{"it broke"}, lines)
		},
		"GET deployments": func(t *testing.T) {
			runs, err := client.Newest(ctx, stack)
			require.NoError(t, err)
			require.Len(t, runs, 1)
			assert.Equal(t, "pulumi update", runs[0].Step)
		},
	}
}

func TestReadsMeetFaults(t *testing.T) {
	t.Parallel()
	faults := map[string]Fault{
		"429": RetryAfter(429, 3), "500": Status(500), "502": Status(502), "503": Status(503), "504": Status(504),
		"hanging": Hang(false), "cut before": CutBefore(false),
	}
	for name, fault := range faults {
		for call := range reads(nil) {
			t.Run(name+" at "+call, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					cloud, client := start(t)
					cloud.SetState(4, 7)
					cloud.Add(Run{Statuses: []string{"failed"}, Operation: "update", Step: "pulumi update",
						Changes: map[string]int{"create": 3, "same": 1}})
					cloud.Fail(call, fault, fault)
					reads(client)[call](t)
					assert.GreaterOrEqual(t, cloud.Count(call), 3)
				})
			})
		}
	}
}

func TestReadsOfWhatIsGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx := context.Background()
		cloud, client := start(t)
		cloud.Remove("settings")
		cloud.Remove("environment")
		has, err := client.HasSettings(ctx, stack)
		require.NoError(t, err)
		assert.False(t, has)
		has, err = client.HasEnvironment(ctx, deployments.Environment{Organization: "acme", Project: "proj", Name: "sync"})
		require.NoError(t, err)
		assert.False(t, has)

		cloud.RemoveStack()
		exists, _, err := client.Version(ctx, stack)
		require.NoError(t, err)
		assert.False(t, exists)
		_, err = client.Newest(ctx, stack)
		assert.True(t, deployments.IsNotFound(err))
		assert.Zero(t, cloud.Elapsed(), "nothing of this is worth another try")
	})
}

func TestARefusalIsNoAbsence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Fail("GET settings", Status(403))
		_, err := client.HasSettings(context.Background(), stack)
		require.ErrorContains(t, err, "403 Forbidden")
		assert.Zero(t, cloud.Elapsed())
	})
}
