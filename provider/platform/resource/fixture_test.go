package resource

import (
	"testing"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

type object = targettest.Object

var (
	props   = targettest.Props
	outputs = targettest.Outputs
)

func construct(t *testing.T, c targettest.Case) targettest.Run {
	t.Helper()
	return targettest.Construct(t, target.Platforms{Platform}, c)
}
