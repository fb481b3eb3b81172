package provider

import (
	"context"
	"fmt"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"golang.org/x/sync/semaphore"

	"github.com/escsync/pulumi-escsync/provider/escsync"
)

// leastConstructs is how many syncs are constructed at once where the engine handles fewer resources at once: some of
// them wait for a sync run.
const leastConstructs = 16

// boundedServer constructs as many EscSyncs at once as the engine handles resources. The engine asks for all of a
// program at once, and each holds its whole definition until its last child is there: a thousand take half a gigabyte.
// Others would gain no time, as each of those that are under way has a child to be handled.
//
// Only EscSync is bounded: it is made of plain resources, so that none waits for another that waits for its turn.
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
