package provider

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/escsync"
)

// heldServer blocks each EscSync until the test releases it.
type heldServer struct {
	pulumirpc.UnimplementedResourceProviderServer
	entered chan string
	goOn    chan struct{}

	inside, most atomic.Int32
}

func (s *heldServer) Construct(
	_ context.Context, req *pulumirpc.ConstructRequest,
) (*pulumirpc.ConstructResponse, error) {
	if req.GetType() != escsync.Token {
		return &pulumirpc.ConstructResponse{}, nil
	}
	inside := s.inside.Add(1)
	for most := s.most.Load(); inside > most && !s.most.CompareAndSwap(most, inside); most = s.most.Load() {
	}
	s.entered <- req.GetName()
	<-s.goOn
	s.inside.Add(-1)
	return &pulumirpc.ConstructResponse{}, nil
}

// Even if all turns are taken, a component inside one that has a turn is constructed.
func TestSyncsAreConstructedInTurns(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ parallel, want int32 }{
		"few resources at once": {2, leastConstructs}, "many": {leastConstructs + 4, leastConstructs + 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const all = 60
			inner := &heldServer{entered: make(chan string, all), goOn: make(chan struct{})}
			server := &boundedServer{ResourceProviderServer: inner}
			request := func(kind string) *pulumirpc.ConstructRequest {
				return &pulumirpc.ConstructRequest{Type: kind, Name: "db", Parallel: test.parallel}
			}
			var done sync.WaitGroup
			for range all {
				done.Go(func() {
					_, err := server.Construct(context.Background(), request(escsync.Token))
					assert.NoError(t, err)
				})
			}
			for range test.want {
				<-inner.entered
			}
			_, err := server.Construct(t.Context(), request("escsync:index:Target"))
			require.NoError(t, err, "nothing else waits")
			cancelled, cancel := context.WithCancel(t.Context())
			cancel()
			_, err = server.Construct(cancelled, request(escsync.Token))
			require.ErrorIs(t, err, context.Canceled, "an interrupt ends the waiting")

			close(inner.goOn)
			done.Wait()
			assert.Equal(t, test.want, inner.most.Load())
		})
	}
}
