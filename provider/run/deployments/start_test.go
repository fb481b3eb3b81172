package deployments_test

import (
	"context"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	. "github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

var stack = deployments.Stack{Organization: "acme", Project: "tgt", Name: "dev"}

const ourInitiator = "escsync-0123456789ab"

func start(t *testing.T) (*Cloud, *deployments.Client) {
	t.Helper()
	cloud := Start(t)
	client := deployments.NewClient(credentials.Credentials{APIURL: cloud.URL, AccessToken: Token}, cloud.Transport)
	return cloud, client
}

func order() deployments.Order {
	return deployments.Order{Stack: stack, Operation: deployments.Update, Initiator: ourInitiator}
}

// Each fault of the POST that must not be made twice: how many runs are started, how many POSTs are sent, and the
// result.
func TestStartMeetsFaults(t *testing.T) {
	t.Parallel()
	otherUpdate := Run{Statuses: []string{"running"}, Operation: "update", Initiator: "webhook", RequestedBy: "other"}
	cases := map[string]struct {
		faults    []Fault
		shown     *string // the initiator that the service shows instead of ours
		meanwhile *Run
		started   int // runs
		asked     int // POSTs
		took      time.Duration
		err       string
	}{
		"none":                {started: 1, asked: 1},
		"429, waits as asked": {faults: []Fault{RetryAfter(429, 7)}, started: 1, asked: 2, took: 7 * time.Second},
		"429 without a time": {
			faults:  []Fault{Status(429), Status(429)},
			started: 1,
			asked:   3,
			took:    3 * time.Second,
		},
		"429 for ever": {
			faults: times(8, Status(429)),
			asked:  8,
			took:   91 * time.Second,
			err:    "given up after 8 attempts",
		},
		"429, absurd time": {
			faults:  []Fault{RetryAfter(429, 100000)},
			started: 1,
			asked:   2,
			took:    5 * time.Minute,
		},
		"503 with Retry-After": {
			faults: []Fault{RetryAfter(503, 0)},
			asked:  1,
			took:   7 * time.Second,
			err:    "no other was started",
		},
		"503, not taken": {
			faults: []Fault{Status(503)},
			asked:  1,
			took:   7 * time.Second,
			err:    "no other was started",
		},
		"503, taken": {faults: []Fault{DoneBut(503)}, started: 1, asked: 1},
		"500, not taken": {
			faults: []Fault{Status(500)},
			asked:  1,
			took:   7 * time.Second,
			err:    "no other was started",
		},
		"500, taken":                    {faults: []Fault{DoneBut(500)}, started: 1, asked: 1},
		"502, taken, shown as nobody's": {faults: []Fault{DoneBut(502)}, shown: new(""), started: 1, asked: 1},
		"502, taken, shown as the automation API's": {
			faults: []Fault{DoneBut(502)}, shown: new("automation-api"), started: 1, asked: 1,
		},
		"504, taken": {faults: []Fault{DoneBut(504)}, started: 1, asked: 1},
		"hanging, not taken": {
			faults: []Fault{Hang(false)},
			asked:  1,
			took:   37 * time.Second,
			err:    "no response in time",
		},
		"hanging, taken":                        {faults: []Fault{Hang(true)}, started: 1, asked: 1, took: 30 * time.Second},
		"cut in the answer":                     {faults: []Fault{Cut()}, started: 1, asked: 1},
		"cut in the answer, shown as the API's": {faults: []Fault{Cut()}, shown: new("api"), started: 1, asked: 1},
		"cut in the answer, shown as the CLI's": {faults: []Fault{Cut()}, shown: new("cli"), started: 1, asked: 1},
		"cut in the answer, shown as a schedule": {
			faults: []Fault{Cut()}, shown: new("schedule"), started: 1, asked: 1, took: 7 * time.Second,
			err: "no other was started",
		},
		"cut before, taken": {faults: []Fault{CutBefore(true)}, started: 1, asked: 1},
		"cut before, not taken": {
			faults: []Fault{CutBefore(false)},
			asked:  1,
			took:   7 * time.Second,
			err:    "no other was started",
		},
		"cut, not taken, but somebody else started one": {
			faults: []Fault{
				CutBefore(false),
			},
			meanwhile: &otherUpdate,
			asked:     1,
			took:      7 * time.Second,
			err:       "no other was started",
		},
		"cut, taken, and somebody else started one": {
			faults:    []Fault{CutBefore(true)},
			meanwhile: &otherUpdate,
			started:   1,
			asked:     1,
		},
		"400":                        {faults: []Fault{Status(400)}, asked: 1, err: "400 Bad Request"},
		"401":                        {faults: []Fault{Status(401)}, asked: 1, err: "set escsync:accessToken"},
		"402":                        {faults: []Fault{Status(402)}, asked: 1, err: "subscription"},
		"403":                        {faults: []Fault{Status(403)}, asked: 1, err: "stack_deployment:create"},
		"404":                        {faults: []Fault{Status(404)}, asked: 1, err: "404 Not Found"},
		"a redirect is not followed": {faults: []Fault{redirect}, asked: 1, err: "307 Temporary Redirect"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud, client := start(t)
				if c.shown != nil {
					cloud.ShowInitiator(*c.shown)
				}
				cloud.Add(Run{Statuses: []string{"succeeded"}, Operation: "update", Initiator: ourInitiator})
				for _, fault := range c.faults {
					cloud.Fail("POST deployments", func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
						if c.meanwhile != nil {
							cloud.Add(*c.meanwhile)
						}
						fault(w, r, serve)
					})
				}
				run, adopted, err := client.Start(context.Background(), order())
				assert.False(t, adopted)
				assert.Equal(t, c.started, cloud.Posts(), "runs started")
				assert.Equal(t, c.asked, cloud.Count("POST deployments"), "POSTs")
				assert.Equal(t, c.took, cloud.Elapsed())
				if c.err != "" {
					require.ErrorContains(t, err, c.err)
					assert.NotContains(t, err.Error(), Token)
					return
				}
				require.NoError(t, err)
				want := "id-2"
				if c.meanwhile != nil {
					want = "id-3"
				}
				assert.Equal(t, want, run.ID)
			})
		})
	}
}

func redirect(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) {
	http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
}

func times(n int, f Fault) []Fault {
	var all []Fault
	for range n {
		all = append(all, f)
	}
	return all
}

func TestStartRepeatsWhatWasNeverSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, _ := start(t)
		nobody := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			return nil, net.ErrClosed
		}}
		client := deployments.NewClient(credentials.Credentials{APIURL: cloud.URL, AccessToken: Token}, nobody)
		_, _, err := client.Start(context.Background(), order())
		require.ErrorContains(t, err, "given up after 8 attempts")
		assert.Equal(t, 91*time.Second, cloud.Elapsed())
	})
}

// Without the earlier list, Start could not recognize its run later, so it starts nothing.
func TestStartNeedsTheListFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Fail("GET deployments", times(8, Status(500))...)
		_, _, err := client.Start(context.Background(), order())
		require.ErrorContains(t, err, "given up after 8 attempts")
		assert.Zero(t, cloud.Count("POST deployments"))
	})
}

// Some services answer 404 to the list of a stack that never had a deployment.
func TestStartOnAStackWithoutAList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Fail("GET deployments", Status(404))
		run, _, err := client.Start(context.Background(), order())
		require.NoError(t, err)
		assert.Equal(t, "id-1", run.ID)

		cloud.RemoveStack()
		_, _, err = client.Start(context.Background(), order())
		assert.True(t, deployments.IsNotFound(err), "%v", err)
		assert.Equal(t, 1, cloud.Posts())
	})
}

func TestStartAdopts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		cloud.Add(Run{Statuses: []string{"succeeded"}, Operation: "update", Initiator: ourInitiator})
		cloud.Add(Run{Statuses: []string{"running"}, Operation: "destroy", Initiator: ourInitiator})
		cloud.Add(Run{Statuses: []string{"not-started"}, Operation: "update", Initiator: ourInitiator})
		cloud.Add(Run{Statuses: []string{"not-started"}, Operation: "update", Initiator: "schedule"})
		o := order()
		o.Adopt = func(r deployments.Run) bool { return r.Initiator == ourInitiator }
		run, adopted, err := client.Start(context.Background(), o)
		require.NoError(t, err)
		assert.True(t, adopted)
		assert.Equal(t, "id-3", run.ID)
		assert.Zero(t, cloud.Posts())
	})
}

// Cancelling ctx during the POST must not lose the run.
func TestStartIsNotCutShort(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		ctx, cancel := context.WithCancel(context.Background())
		cloud.Fail("POST deployments", func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
			cancel()
			time.Sleep(20 * time.Millisecond) // long enough for a client that obeys ctx to hang up
			serve(w, r)
		})
		run, _, err := client.Start(ctx, order())
		require.NoError(t, err)
		assert.Equal(t, "id-1", run.ID)
	})
}

// Cancelling ctx before the POST starts nothing.
func TestStartMindsAnEarlyInterrupt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cloud, client := start(t)
		ctx, cancel := context.WithCancel(context.Background())
		cloud.Fail("GET deployments", func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
			serve(w, r)
			cancel()
		})
		_, _, err := client.Start(ctx, order())
		require.ErrorIs(t, err, context.Canceled)
		assert.Zero(t, cloud.Posts())
	})
}

func TestInitiator(t *testing.T) {
	t.Parallel()
	client := func(token string) *deployments.Client {
		return deployments.NewClient(credentials.Credentials{AccessToken: token}, nil)
	}
	other := deployments.Stack{Organization: "acme", Project: "tgt", Name: "prod"}
	again := client("a").Initiator(stack, "x")
	assert.Equal(t, client("a").Initiator(stack, "x"), again, "in another process as well")
	assert.NotEqual(t, client("a").Initiator(stack, "x"), client("b").Initiator(stack, "x"))
	assert.NotEqual(t, client("a").Initiator(stack, "x"), client("a").Initiator(stack, "y"))
	assert.NotEqual(t, client("a").Initiator(stack, "x"), client("a").Initiator(other, "x"))
}
