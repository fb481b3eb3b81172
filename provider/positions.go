package provider

import (
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
)

// positionless is a codec that leaves out of what a component registers where in this plugin's source it did so. The
// SDK sends the whole Go stack with each resource, the engine keeps it in the state of whoever uses the component, and
// there it is more than half of the state: paths of the machine that built the plugin. The SDK has no option for it.
type positionless struct{ encoding.CodecV2 }

// leavePositionsOut makes every connection of this process do so. Call it before the first one is made.
func leavePositionsOut() {
	encoding.RegisterCodecV2(positionless{encoding.GetCodecV2(proto.Name)})
}

// Marshal encodes a message, a registration without its positions.
func (c positionless) Marshal(message any) (mem.BufferSlice, error) {
	switch req := message.(type) {
	case *pulumirpc.RegisterResourceRequest:
		req.SourcePosition, req.StackTrace = nil, nil
	case *pulumirpc.ReadResourceRequest:
		req.SourcePosition, req.StackTrace = nil, nil
	}
	return c.CodecV2.Marshal(message)
}
