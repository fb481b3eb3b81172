package run

import (
	"testing"
	"testing/synctest"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/refusal"
	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

func (b bench) status() (property.Map, error) {
	response, err := b.Invoke(p.InvokeRequest{
		Token: tokens.Type("escsync:index:getSyncStatus"), Args: inputs(nil).Delete("timeout"),
	})
	return response.Return, err
}

func TestGetSyncStatus(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		none, err := b.status()
		require.NoError(t, err)
		nobodyPaused := property.NewMap(map[string]property.Value{
			"stackPaused": property.New(false), "organizationPaused": property.New(false),
		})
		assert.Equal(t, nobodyPaused, none)

		b.Add(deploymentstest.Run{Statuses: []string{"succeeded"}, Operation: "update"})
		for range 130 { // so that the success is on the second page
			b.Add(deploymentstest.Run{Statuses: []string{"succeeded"}, Operation: "detect-drift"})
		}
		b.Add(deploymentstest.Run{
			Statuses: []string{"failed"}, Operation: "update", Initiator: "webhook", Step: "pulumi update",
			Changes: map[string]int{"create": 2}, Log: "hunter2 " + refusal.Encode([]string{"value.a: is null"}, nil),
		})
		got, err := b.status()
		require.NoError(t, err)
		assert.Equal(t, property.NewMap(map[string]property.Value{
			"deploymentId": property.New("id-132"), "version": property.New(132.0), "status": property.New("failed"),
			"operation": property.New("update"), "initiator": property.New("webhook"),
			"started": property.New("2030-01-01T00:00:10Z"), "finished": property.New("2030-01-01T00:00:50Z"),
			"failedStep":      property.New("pulumi update"),
			"refused":         property.New([]property.Value{property.New("value.a: is null")}),
			"resourceChanges": property.New(map[string]property.Value{"create": property.New(2.0)}),
			"lastSuccess":     property.New("2030-01-01T00:00:50Z"), "lastSuccessVersion": property.New(1.0),
			"stackPaused": property.New(false), "organizationPaused": property.New(false),
		}), got)
		assert.Zero(t, b.Posts())
	})
}

// A failed run's status is reported even if its log cannot be read.
func TestGetSyncStatusWithoutALog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Add(deploymentstest.Run{Statuses: []string{"failed"}, Operation: "update", Step: "pulumi update"})
		b.Fail("GET logs", deploymentstest.Status(403))
		got, err := b.status()
		require.NoError(t, err)
		assert.Equal(t, "pulumi update", got.Get("failedStep").AsString())
		assert.True(t, got.Get("refused").IsNull())
	})
}

func TestGetSyncStatusOfNoStack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.RemoveStack()
		_, err := b.status()
		require.ErrorContains(t, err, "stack acme/tgt/dev does not exist, or the access token may not see it")
	})
}
