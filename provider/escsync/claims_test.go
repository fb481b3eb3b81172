package escsync

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
)

func TestClaims(t *testing.T) {
	t.Parallel()
	completed := func(environment, stack property.Value) property.Map {
		return property.NewMap(map[string]property.Value{
			"organization": property.New("acme"), "environmentProject": property.New("escsync"), "environmentName": environment,
			"stackName": stack, "source": property.New(map[string]property.Value{"project": property.New("target")}),
		})
	}
	a, b, unknown := property.New("a"), property.New("b"), property.New(property.Computed)
	given := property.NewMap(map[string]property.Value{"stackName": a})
	taken := func(path string) []string {
		return []string{path + ": is already used by another sync of this program, first: set a different name on one " +
			"of them"}
	}
	for name, test := range map[string]struct {
		req   p.ConstructRequest
		names property.Map
		sync  string
		want  []string
	}{
		"both":           {p.ConstructRequest{}, completed(a, a), "second", taken("name")},
		"the stack":      {p.ConstructRequest{Inputs: given}, completed(b, a), "second", taken("stackName")},
		"none":           {p.ConstructRequest{}, completed(b, b), "second", nil},
		"unknown":        {p.ConstructRequest{}, completed(unknown, unknown), "second", nil},
		"the same sync":  {p.ConstructRequest{}, completed(a, a), "first", nil},
		"in another run": {p.ConstructRequest{MonitorEndpoint: "other"}, completed(a, a), "second", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var c claims
			assert.Empty(t, c.add(p.ConstructRequest{}, completed(a, a), "first"))
			var got []string
			for _, problem := range c.add(test.req, test.names, test.sync) {
				got = append(got, problem.String())
			}
			assert.Equal(t, test.want, got)
		})
	}
}
