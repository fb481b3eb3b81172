package provider

import (
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
)

// Source positions are removed from a registration, and nothing else.
func TestPositionsAreLeftOut(t *testing.T) {
	t.Parallel()
	position := &pulumirpc.SourcePosition{Uri: "file:///home/builder/escsync/run.go", Line: 1}
	trace := &pulumirpc.StackTrace{Frames: []*pulumirpc.StackFrame{{Pc: position}}}
	codec := positionless{encoding.GetCodecV2(proto.Name)}

	sent, err := codec.Marshal(&pulumirpc.RegisterResourceRequest{Name: "db", SourcePosition: position, StackTrace: trace})
	require.NoError(t, err)
	var registered pulumirpc.RegisterResourceRequest
	require.NoError(t, codec.Unmarshal(sent, &registered))
	assert.Equal(t, "db", registered.GetName())
	assert.NotContains(t, registered.String(), "builder")

	sent, err = codec.Marshal(&pulumirpc.ReadResourceRequest{Name: "db", SourcePosition: position, StackTrace: trace})
	require.NoError(t, err)
	var read pulumirpc.ReadResourceRequest
	require.NoError(t, codec.Unmarshal(sent, &read))
	assert.Equal(t, "db", read.GetName())
	assert.NotContains(t, read.String(), "builder")
}
