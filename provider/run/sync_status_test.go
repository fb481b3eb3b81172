package run

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

func TestStatusOf(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		run     deployments.Run
		changes map[string]int
		want    SyncStatus
	}{
		"nothing": {deployments.Run{}, nil, SyncStatus{}},
		"queued": {
			deployments.Run{ID: "id", Version: 3, Status: "not-started", Operation: "update"}, map[string]int{},
			SyncStatus{
				DeploymentID: new("id"), Version: new(3), Status: new(DeploymentStatus("not-started")),
				Operation: new("update"),
			},
		},
		"running: the step has not failed": {
			deployments.Run{Status: "running", Operation: "update", Started: "a", Step: "pulumi update"}, nil,
			SyncStatus{Status: new(DeploymentStatus("running")), Operation: new("update"), Started: new("a")},
		},
		"failed": {
			deployments.Run{Status: "failed", Operation: "update", Step: "pulumi update", Initiator: "webhook"}, nil,
			SyncStatus{
				Status: new(DeploymentStatus("failed")), Operation: new("update"), FailedStep: new("pulumi update"),
				Initiator: new("webhook"),
			},
		},
		"a sync that succeeded": {
			deployments.Run{Version: 4, Status: "succeeded", Operation: "update", Finished: "b", ConsoleURL: "c"},
			map[string]int{"create": 2},
			SyncStatus{
				Version: new(4), Status: new(DeploymentStatus("succeeded")), Operation: new("update"), Finished: new("b"),
				ConsoleURL: new("c"), ResourceChanges: map[string]int{"create": 2},
				LastSuccess: new("b"), LastSuccessVersion: new(4),
			},
		},
		"another operation that succeeded is no sync": {
			deployments.Run{Version: 4, Status: "succeeded", Operation: "destroy", Finished: "b"}, nil,
			SyncStatus{
				Version: new(4), Status: new(DeploymentStatus("succeeded")), Operation: new("destroy"), Finished: new("b"),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, statusOf(test.run, test.changes))
		})
	}
}

// A refresh may find that the only run is gone.
func TestTheStatusOfASyncRunWithoutRunIsEmpty(t *testing.T) {
	t.Parallel()
	mocks := &registrations{all: map[string]pulumi.MockResourceArgs{}, outputs: resource.PropertyMap{
		"status": resource.NewProperty(noRun), "deploymentId": resource.NewProperty("gone"),
	}}
	var got SyncStatus
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		run, err := RegisterSyncRun(ctx, "run", SyncRunInputs{})
		if err != nil {
			return err
		}
		done := make(chan struct{})
		run.SyncStatus().ApplyT(func(s SyncStatus) int { got = s; close(done); return 0 })
		<-done
		return nil
	}, pulumi.WithMocks("shop", "dev", mocks))
	require.NoError(t, err)
	assert.Equal(t, SyncStatus{}, got)
}
