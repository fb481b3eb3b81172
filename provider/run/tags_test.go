package run

import (
	"context"
	"maps"
	"slices"
	"testing"
	"testing/synctest"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

type labels = map[string]string

func tagged(tags labels) property.Map {
	values := map[string]property.Value{}
	for name, value := range tags {
		values[name] = property.New(value)
	}
	return inputs(map[string]property.Value{
		"environment": property.New("proj/sync"), "tags": property.New(values),
	})
}

func (b bench) retag(before, after property.Map) error {
	_, err := b.Update(p.UpdateRequest{
		ID: "acme/tgt/dev", Urn: caretakerURN, OldInputs: before, State: before, Inputs: after,
	})
	return err
}

// with returns our tags together with those of others.
func with(ours labels) labels {
	all := labels{"pulumi:runtime": "yaml"}
	maps.Copy(all, ours)
	return all
}

func TestTags(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.SetTags(with(nil), with(labels{"team": "old"}))
		both := func(want labels) {
			t.Helper()
			stack, environment := b.Tags()
			assert.Equal(t, with(want), stack)
			assert.Equal(t, with(want), environment)
		}
		first, second := labels{"a:b": "1", "team": "x"}, labels{"a:b": "2", "new": "y"}
		_, err := b.Create(p.CreateRequest{Urn: caretakerURN, Properties: tagged(first), DryRun: true})
		require.NoError(t, err)
		assert.Zero(t, b.Count("PATCH tags"))
		_, err = b.Create(p.CreateRequest{Urn: caretakerURN, Properties: tagged(first)})
		require.NoError(t, err)
		both(first)
		require.NoError(t, b.retag(tagged(first), tagged(second)))
		both(second)
		writes := b.Count("POST environment tags")
		reads := b.Count("GET stack")
		require.NoError(t, b.retag(tagged(second), tagged(second).Set("timeout", property.New("2h"))))
		assert.Equal(t, writes, b.Count("POST environment tags"), "what has not changed is not written")
		assert.Equal(t, reads, b.Count("GET stack"), "nor asked for")
		require.NoError(t, b.retag(tagged(second).Set("stack", property.New("before")), tagged(second)))
		both(second)
		assert.Greater(t, b.Count("POST environment tags"), writes, "another stack has none yet")
	})
}

// A tag that cannot be set does not fail a sync, whatever the reason.
func TestTagsThatCannotBeSet(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		call               string
		status, times      int
		stack, environment bool
	}{
		"the stack's":          {call: "PATCH tags", status: 403, times: 1, environment: true},
		"the environment's":    {call: "POST environment tags", status: 400, times: 1, stack: true},
		"an older service":     {call: "POST environment tags", status: 404, times: 1, stack: true},
		"busy for a moment":    {call: "PATCH tags", status: 503, times: 1, stack: true, environment: true},
		"busy for long":        {call: "PATCH tags", status: 503, times: 8, environment: true},
		"the stack unreadable": {call: "GET stack", status: 500, times: 8, environment: true},
		"another's token":      {call: "GET stack", status: 401, times: 1, environment: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				fault := slices.Repeat([]deploymentstest.Fault{deploymentstest.Status(test.status)}, test.times)
				b.Fail(test.call, fault...)
				_, err := b.Create(p.CreateRequest{Urn: caretakerURN, Properties: tagged(labels{"a": "1"})})
				require.NoError(t, err)
				stack, environment := b.Tags()
				assert.Equal(t, test.stack, stack["a"] == "1")
				assert.Equal(t, test.environment, environment["a"] == "1")
				b.Fail(test.call, fault...)
				require.NoError(t, b.retag(tagged(labels{"a": "1"}), tagged(labels{"a": "2"})))
				_, environment = b.Tags()
				assert.Equal(t, test.environment, environment["a"] == "2")
			})
		})
	}
}

// If `pulumi up` is stopped, that is an error, not a warning.
func TestTagsOfARunThatIsStopped(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	require.ErrorIs(t, tolerated(ctx, context.Canceled, worksWithout), context.Canceled)
}

// A refresh notices tags that somebody changed on the stack or the environment, so that the next update sets them
// again.
func TestTagsRead(t *testing.T) {
	t.Parallel()
	asked := labels{"both": "1", "stack": "1", "environment": "1"}
	for name, test := range map[string]struct {
		call   string
		status int
		want   labels
	}{
		"read":                             {want: labels{"both": "1"}},
		"the environment's cannot be read": {"GET environment tags", 403, labels{"both": "1", "environment": "1"}},
		"nor is the service well":          {"GET environment tags", 503, labels{"both": "1", "environment": "1"}},
		"the stack's cannot be read":       {"GET stack", 401, asked},
		"nor will it be":                   {"GET stack", 500, asked},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, nil)
				b.SetTags(labels{"both": "1", "stack": "2", "environment": "1"}, labels{"both": "1", "stack": "1"})
				if test.call != "" { // once for each attempt
					b.Fail(test.call, slices.Repeat([]deploymentstest.Fault{deploymentstest.Status(test.status)}, 8)...)
				}
				read, err := b.Read(p.ReadRequest{
					ID: "acme/tgt/dev", Urn: caretakerURN, Properties: tagged(asked), Inputs: tagged(asked),
				})
				require.NoError(t, err)
				assert.Equal(t, tagged(test.want).Get("tags"), read.Properties.Get("tags"))
				assert.Equal(t, read.Properties.Get("tags"), read.Inputs.Get("tags"), "what an update is compared with")
			})
		})
	}
}

// Without the stack, its tags are gone too: the next update sets them again. A teardown without tags makes no calls.
func TestTagsReadOfNoStack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, nil)
		b.RemoveStack()
		for _, tags := range []labels{{"a": "1"}, nil} {
			read, err := b.Read(p.ReadRequest{
				ID: "acme/tgt/dev", Urn: caretakerURN, Properties: tagged(tags), Inputs: tagged(tags),
			})
			require.NoError(t, err)
			assert.Equal(t, "acme/tgt/dev", read.ID)
			assert.Zero(t, mapOf(read.Properties.Get("tags")).Len())
		}
		assert.Equal(t, 1, b.Count("GET stack"))
	})
}
