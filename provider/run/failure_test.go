package run

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/refusal"
	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

func denied(step string) deploymentstest.Run {
	return deploymentstest.Run{
		Statuses: []string{"running", "failed"}, Step: step, Log: "error: hunter2: AccessDeniedException",
	}
}

const refusedCredentials = "From its log: the platform refused the run's credentials: grant them the permissions " +
	"that the destination needs"

func TestAFailedRunReportsItsCauseAndNothingOfItsLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Script(denied("pulumi update"))
		created, err := b.create(inputs(triggers(1.0)))
		require.Error(t, err)
		require.NotNil(t, created.PartialState)
		require.Len(t, created.PartialState.Reasons, 1)
		reason := created.PartialState.Reasons[0]
		assert.Contains(t, reason, `failed in step "pulumi update". `+refusedCredentials)
		assert.Contains(t, reason, "See https://console.example.com/1 . The next `pulumi up` starts another")
		assert.NotContains(t, reason, "hunter2")
	})
}

func TestARunWithAnUnreadableLogSaysWhereToLook(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.Script(denied("pulumi update"))
		b.Fail("GET logs", deploymentstest.Status(403))
		created, err := b.create(inputs(triggers(1.0)))
		require.Error(t, err)
		require.NotNil(t, created.PartialState)
		assert.Equal(t, []string{`deployment 1 (update) of acme/tgt/dev failed in step "pulumi update". ` +
			"See https://console.example.com/1 . The next `pulumi up` starts another"}, created.PartialState.Reasons)
	})
}

func TestAFailedTeardownReportsItsCause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.SetState(1, 3)
		b.Script(denied("pulumi destroy"))
		err := b.delete()
		require.ErrorContains(t, err, `failed in step "pulumi destroy". `+refusedCredentials)
		require.ErrorContains(t, err, "Fix its cause and delete again")
		assert.NotContains(t, err.Error(), "hunter2")
	})
}

// The message quotes the target's refusal literally, before the hints from the log.
func TestARefusalArrives(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		run := denied("pulumi update")
		run.Log += "\n    info: " + refusal.Encode([]string{"value.a: is null"}, nil)
		b.Script(run)
		created, err := b.create(inputs(triggers(1.0)))
		require.Error(t, err)
		require.NotNil(t, created.PartialState)
		assert.Contains(t, created.PartialState.Reasons[0],
			`failed in step "pulumi update". Cause: value.a: is null. `+refusedCredentials)
	})
}
