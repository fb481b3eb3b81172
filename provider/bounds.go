package provider

import (
	"context"
	"fmt"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"golang.org/x/sync/semaphore"

	"github.com/escsync/pulumi-escsync/provider/escsync"
)

// leastConstructs is the minimum of concurrent constructions if the engine's parallelism is lower: some of them wait
// for a run.
const leastConstructs = 16

// boundedServer limits concurrent constructions of EscSync to the engine's parallelism. The engine requests all of a
// program at once, and each keeps its whole definition in memory until its last child is registered: a thousand need
// half a gigabyte. More would save no time, as each construction under way has a child for the engine to handle.
//
// Only EscSync is limited. It contains no other component, so none waits for one that has no turn.
type boundedServer struct {
	pulumirpc.ResourceProviderServer
	once  sync.Once
	turns *semaphore.Weighted
}

// Construct waits for its turn, then constructs.
func (s *boundedServer) Construct(
	ctx context.Context, req *pulumirpc.ConstructRequest,
) (*pulumirpc.ConstructResponse, error) {
	if req.GetType() != escsync.Token {
		return s.ResourceProviderServer.Construct(ctx, req)
	}
	s.once.Do(func() { s.turns = semaphore.NewWeighted(int64(max(leastConstructs, req.GetParallel()))) })
	if err := s.turns.Acquire(ctx, 1); err != nil {
		return nil, fmt.Errorf("waiting to construct %s: %w", req.GetName(), err)
	}
	defer s.turns.Release(1)
	return s.ResourceProviderServer.Construct(ctx, req)
}
