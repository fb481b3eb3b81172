package run

import (
	"testing"
	"testing/synctest"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/refusal"
	"github.com/escsync/pulumi-escsync/provider/run/credentials"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

func TestALaterFailureIsReported(t *testing.T) {
	t.Parallel()
	ended := func(operation, status string) deploymentstest.Run {
		return deploymentstest.Run{
			Operation: operation, Statuses: []string{status}, Initiator: "schedule", Step: "pulumi update",
			Log: "hunter2 " + refusal.Encode([]string{"value.a: is null"}, nil),
		}
	}
	const known = 2
	succeeded, failed := ended("update", "succeeded"), ended("update", "failed")
	since := func(later ...deploymentstest.Run) []deploymentstest.Run {
		return append([]deploymentstest.Run{failed, succeeded, failed}, later...)
	}
	want := "the newest run of acme/tgt/dev failed, so its changes are missing on the platform: deployment 3 (update), " +
		"started by schedule at 2030-01-01T00:00:10Z, failed in step \"pulumi update\". Cause: value.a: is null. See the " +
		"deployments of the stack in the Pulumi Cloud console. Fix the cause; the next run, scheduled or manual, tries again"
	for name, c := range map[string]struct {
		runs []deploymentstest.Run
		want string
	}{
		"it failed":                         {since(), want},
		"another is under way":              {since(ended("update", "running")), want},
		"another was skipped":               {since(ended("update", "skipped")), want},
		"a check of drift came after":       {since(ended("detect-drift", "failed")), want},
		"what was known was not waited for": {[]deploymentstest.Run{succeeded, failed}, "deployment 2 (update)"},
		"a repair of drift failed": {
			[]deploymentstest.Run{failed, succeeded, ended("remediate-drift", "failed")}, "deployment 3 (remediate-drift)",
		},
		"one succeeded since": {runs: since(succeeded)},
		"the older failed":    {runs: []deploymentstest.Run{failed, succeeded}},
		"a preview failed":    {runs: []deploymentstest.Run{failed, succeeded, ended("preview", "failed")}},
		"none is kept":        {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				fake := deploymentstest.Start(t)
				for _, run := range c.runs {
					fake.Add(run)
				}
				client := deployments.NewClient(
					credentials.Credentials{APIURL: fake.URL, AccessToken: deploymentstest.Token}, fake.Transport)
				stack := deployments.Stack{Organization: "acme", Project: "tgt", Name: "dev"}
				got, err := (&SyncRun{}).laterFailure(t.Context(), client, stack, known)
				require.NoError(t, err)
				assert.Equal(t, c.want == "", got == "", got)
				assert.Contains(t, got, c.want)
				assert.NotContains(t, got, "hunter2")
			})
		})
	}
}

// Diff looks for later failures once, only if nothing starts and the sync is not suspended. It neither fails nor waits
// for the answer.
func TestADiffThatCannotLookBack(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]deploymentstest.Fault{
		"refused": deploymentstest.Status(403), "away": deploymentstest.Status(500), "no answer": deploymentstest.Hang(false),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				created, err := b.create(inputs(triggers(1.0)))
				require.NoError(t, err)
				before, asked := b.Elapsed(), b.Count("GET deployments")
				for range 8 {
					b.Fail("GET deployments", fault)
				}
				diff := func(revision float64) p.DiffResponse {
					got, err := b.Diff(p.DiffRequest{
						ID: created.ID, Urn: syncRunURN, State: created.Properties,
						OldInputs: inputs(triggers(1.0)), Inputs: inputs(triggers(revision)),
					})
					require.NoError(t, err)
					return got
				}
				assert.True(t, diff(2).HasChanges)
				assert.Equal(t, asked, b.Count("GET deployments"), "a run starts in any case")
				assert.False(t, diff(1).HasChanges)
				assert.Greater(t, b.Count("GET deployments"), asked)
				assert.LessOrEqual(t, b.Elapsed()-before, lookBack)
			})
		})
	}
}
