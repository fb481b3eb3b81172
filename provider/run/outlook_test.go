package run

import (
	"testing"
	"testing/synctest"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

type object = map[string]any

func (b bench) outlook(environment string) (property.Map, error) {
	response, err := b.Invoke(p.InvokeRequest{
		Token: tokens.Type("escsync:index:getSyncStatus"),
		Args:  inputs(nil).Delete("timeout").Set("environment", property.New(environment)),
	})
	return response.Return, err
}

func schedule(operation, next string, paused bool) object {
	return object{
		"paused": paused, "nextExecution": next, "definition": object{"request": object{"operation": operation}},
	}
}

// Hooks for another stack and for a chat do not belong to the sync.
var (
	hooks = []object{
		{"name": "chat", "active": true, "format": "slack", "payloadUrl": "tgt/dev"},
		{"name": "other", "active": true, "format": "pulumi_deployments", "payloadUrl": "tgt/prod"},
		{"name": "ours", "active": false, "format": "pulumi_deployments", "payloadUrl": "tgt/dev"},
	}
	deliveries = []object{
		{"timestamp": 1893456000, "responseCode": 202}, {"timestamp": 1893459600, "responseCode": 404},
	}
)

func TestGetSyncStatusLooksAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Fail("GET metadata", deploymentstest.Answer(object{"paused": true, "organizationPaused": true}))
		b.Fail("GET status", deploymentstest.Answer(object{"driftDetected": true, "latestDriftRun": "run"}))
		b.Fail("GET schedules", deploymentstest.Answer(object{"schedules": []object{
			schedule("detect-drift", "2030-01-01T00:10:00.000Z", false),
			schedule("update", "2030-01-01 00:30:00.000", false),
			schedule("update", "2030-01-01T00:20:00.000Z", true),
		}}))
		b.Fail("GET environment", deploymentstest.Answer(hooks), deploymentstest.Answer(deliveries))
		got, err := b.outlook("proj/sync")
		require.NoError(t, err)
		assert.Equal(t, property.NewMap(map[string]property.Value{
			"nextRun": property.New("2030-01-01T00:30:00Z"), "schedulePaused": property.New(false),
			"stackPaused": property.New(false), "organizationPaused": property.New(true),
			"driftDetected": property.New(true), "webhookActive": property.New(false),
			"lastDelivery": property.New("2030-01-01T01:00:00Z"), "lastDeliveryCode": property.New(404.0),
		}), got)
	})
}

// If the service refuses, fails, is too old or answers nonsense, only that answer is missing, and nothing waits.
func TestGetSyncStatusGoesWithoutAnOutlook(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]deploymentstest.Fault{
		"refused": deploymentstest.Status(403), "unknown": deploymentstest.Status(404),
		"failing": deploymentstest.Status(503), "another answer": deploymentstest.Answer("moved"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				b.Add(deploymentstest.Run{Statuses: []string{"running"}, Operation: "update"})
				for _, call := range []string{"GET metadata", "GET status", "GET schedules", "GET environment"} {
					b.Fail(call, fault)
				}
				got, err := b.outlook("proj/sync")
				require.NoError(t, err)
				assert.Equal(t, property.NewMap(map[string]property.Value{
					"deploymentId": property.New("id-1"), "version": property.New(1.0), "status": property.New("running"),
					"operation": property.New("update"), "started": property.New("2030-01-01T00:00:10Z"),
				}), got)
				assert.Zero(t, b.Elapsed())
			})
		})
	}
}

// A caller who may read the hooks but not their deliveries still sees whether they are active.
func TestGetSyncStatusWithoutDeliveries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Fail("GET environment", deploymentstest.Answer(hooks), deploymentstest.Status(403))
		got, err := b.outlook("proj/sync")
		require.NoError(t, err)
		assert.False(t, got.Get("webhookActive").AsBool())
		assert.True(t, got.Get("lastDelivery").IsNull())
	})
}

func TestGetSyncStatusOfNoEnvironmentName(t *testing.T) {
	t.Parallel()
	_, err := newBench(t, nil).outlook("acme/proj/sync")
	require.ErrorContains(t, err, `environment "acme/proj/sync" must be project/name`)
}

func TestRecordSchedules(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		schedules []deployments.Schedule
		want      SyncStatus
	}{
		"none": {nil, SyncStatus{}},
		"the earliest that is not paused": {
			[]deployments.Schedule{{Next: "2030-01-02"}, {Next: "2030-01-01"}, {Next: "2029-01-01", Paused: true}},
			SyncStatus{SchedulePaused: new(false), NextRun: new("2030-01-01")},
		},
		"all paused": {
			[]deployments.Schedule{{Next: "2030-01-01", Paused: true}, {Paused: true}}, SyncStatus{SchedulePaused: new(true)},
		},
		"over": {[]deployments.Schedule{{}}, SyncStatus{SchedulePaused: new(false)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got SyncStatus
			got.recordSchedules(test.schedules)
			assert.Equal(t, test.want, got)
		})
	}
}
