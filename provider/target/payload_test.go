package target

import (
	"encoding/base64"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// An unreadable payload is refused as part of a run, so the refusal reaches the program that started it.
func TestAnUnreadablePayloadIsRefusedInARun(t *testing.T) {
	t.Parallel()
	for name, payload := range map[string]property.Value{
		"no text":     property.New(1.0),
		"empty":       property.New(""),
		"no value":    property.New(base64.StdEncoding.EncodeToString([]byte(`{"sync": {"vault": {"value": {}}}}`))),
		"no platform": property.New(base64.StdEncoding.EncodeToString([]byte(`{"sync": {"other": {"value": "x"}}}`))),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var problems problem.List
			inputs := property.NewMap(map[string]property.Value{"payload": payload})
			request, known := readPayload(nil)(p.ConstructRequest{Inputs: inputs}, &problems)
			assert.False(t, known)
			assert.True(t, request.InRun)
			assert.NotEmpty(t, problems.Text())
		})
	}
}
