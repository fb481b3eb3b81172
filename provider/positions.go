package provider

import (
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
)

// positionless is a codec that omits source positions from registrations. The SDK sends the whole Go stack with each
// resource, and the engine stores it: paths of the machine that built the plugin, more than half of a user's state. The
// SDK has no option to disable it.
type positionless struct{ encoding.CodecV2 }

// leavePositionsOut installs the codec for all connections of this process. Call it before the first connection.
func leavePositionsOut() {
	encoding.RegisterCodecV2(positionless{encoding.GetCodecV2(proto.Name)})
}

// Marshal encodes a message. It removes the positions from a registration.
func (c positionless) Marshal(message any) (mem.BufferSlice, error) {
	switch req := message.(type) {
	case *pulumirpc.RegisterResourceRequest:
		req.SourcePosition, req.StackTrace = nil, nil
	case *pulumirpc.ReadResourceRequest:
		req.SourcePosition, req.StackTrace = nil, nil
	}
	return c.CodecV2.Marshal(message)
}
