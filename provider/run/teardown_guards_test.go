package run

import (
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

// movedLog is what a run says that is refused for leading to another place.
const movedLog = "pushed to a until now, and its configuration or credentials lead to b: nothing was changed"

func runOf(operation, status, log string) deploymentstest.Run {
	return deploymentstest.Run{
		Operation: operation, Statuses: []string{status}, Step: "pulumi " + operation, Log: log,
	}
}

// A destroy acts where the credentials lead now. Only a run that succeeds shows that this is where the secrets are.
func TestTeardownOfASyncThatMoved(t *testing.T) {
	t.Parallel()
	var (
		succeeded = runOf("update", "succeeded", "")
		moved     = runOf("update", "failed", movedLog)
		other     = runOf("update", "failed", "error: could not download plugin: 403 rate limit")
		skipped   = runOf("update", "skipped", "")
		previewed = runOf("preview", "succeeded", "")
		refreshed = runOf("refresh", "succeeded", "")
		undone    = runOf("destroy", "failed", "")
	)
	type runs []deploymentstest.Run
	cases := map[string]struct {
		runs runs
		err  string // none: the stack is destroyed
	}{
		"refused at last":                 {runs{succeeded, moved}, "deployment 2 was refused"},
		"refused at first":                {runs{moved}, "deployment 1 was refused"},
		"refused, and failed since":       {runs{succeeded, moved, other}, "deployment 2 was refused"},
		"refused, and failed many times":  {append(runs{succeeded, moved}, times(240, other)...), "deployment 2 was refused"},
		"refused, and succeeded since":    {runs{moved, succeeded}, ""},
		"refused, succeeded and failed":   {runs{moved, succeeded, other}, ""},
		"refused, and skipped since":      {runs{moved, skipped}, "deployment 1 was refused"},
		"refused, and previewed since":    {runs{moved, previewed}, "deployment 1 was refused"},
		"refused, and refreshed since":    {runs{moved, refreshed}, "deployment 1 was refused"},
		"refused, a destroy failed since": {runs{moved, undone}, "deployment 1 was refused"},
		"refused, but emptied since, and filled in part": {
			runs{moved, runOf("destroy", "succeeded", ""), other}, "",
		},
		"a drift schedule refused": {
			runs{succeeded, runOf("remediate-drift", "failed", movedLog)}, "deployment 2 was refused",
		},
		"refused, and a drift schedule succeeded since": {
			runs{moved, runOf("remediate-drift", "succeeded", "")}, "",
		},
		"under way, and refused then": {
			runs{succeeded, {
				Operation: "update", Statuses: []string{"not-started", "running", "failed"}, Log: movedLog,
			}}, "deployment 2 was refused",
		},
		"never succeeded, but not for that": {times(150, other), ""},
		"failed longer than is looked back": {times(600, other), "none of its last 500 deployments succeeded"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				b.SetState(3, 5)
				for _, run := range c.runs {
					b.Add(run)
				}
				err := b.delete()
				if c.err == "" {
					require.NoError(t, err)
					assert.Equal(t, 1, b.Posts())
					return
				}
				require.ErrorContains(t, err, c.err)
				require.ErrorContains(t, err, "let a run succeed, and delete again")
				assert.Zero(t, b.Posts(), "it was destroyed all the same")
			})
		})
	}
}

// What cannot be told is taken for the worst: a destroy in another place deletes somebody else's secrets.
func TestTeardownWhereTheRunsDoNotTellWhetherTheSyncMoved(t *testing.T) {
	t.Parallel()
	other := runOf("update", "failed", "it broke")
	for name, c := range map[string]struct {
		setUp func(*deploymentstest.Cloud)
		err   string
	}{
		"the log of a failed run is gone": {
			func(c *deploymentstest.Cloud) {
				c.Add(other)
				c.Fail("GET logs", deploymentstest.Status(http.StatusNotFound))
			}, "the log of deployment 1, which failed, is not there",
		},
		"the log of a failed run cannot be read": {
			func(c *deploymentstest.Cloud) {
				c.Add(other)
				c.Fail("GET logs", times(8, deploymentstest.Status(http.StatusInternalServerError))...)
			}, "reading the log of deployment",
		},
		"the old runs are gone": {
			func(c *deploymentstest.Cloud) {
				for range 5 {
					c.Add(other)
				}
				c.ForgetRuns(3)
			}, "the deployments before 4 are not listed any more",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				b.SetState(3, 5)
				c.setUp(b.Cloud)
				err := b.delete()
				require.ErrorContains(t, err, c.err)
				assert.Zero(t, b.Posts(), "it was destroyed all the same")
			})
		})
	}
}

func times[T any](n int, of T) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = of
	}
	return all
}
