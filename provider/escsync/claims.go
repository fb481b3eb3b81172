package escsync

import (
	"sync"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// claims records the environments and stacks of the syncs that a program has declared so far. Two syncs with the same
// name, below components of different types, have the same default names. Pulumi Cloud would answer 409 to the second,
// after the first was created.
type claims struct {
	mu sync.Mutex
	// owners maps a claim to the ID of the sync that made it.
	owners map[claim]string
}

// claim is an environment or a stack. The monitor's address separates runs of programs, as each run has its own.
type claim struct{ monitor, kind, name string }

// add claims the names of a sync, and reports those that another sync has claimed. Names unknown at preview are
// skipped.
func (c *claims) add(req p.ConstructRequest, completed property.Map, syncID string) problem.List {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.owners == nil {
		c.owners = map[claim]string{}
	}
	organization, source := completed.Get("organization"), completed.Get("source").AsMap()
	var all problem.List
	for _, made := range []struct {
		input   string
		project property.Value
	}{{"environmentName", completed.Get("environmentProject")}, {"stackName", source.Get("project")}} {
		name := completed.Get(made.input)
		if !organization.IsString() || !made.project.IsString() || !name.IsString() {
			continue
		}
		wanted := claim{
			monitor: req.MonitorEndpoint, kind: made.input,
			name: organization.AsString() + "/" + made.project.AsString() + "/" + name.AsString(),
		}
		owner, taken := c.owners[wanted]
		if !taken {
			c.owners[wanted] = syncID
			continue
		}
		if owner == syncID { // the engine refuses a sync that is declared twice
			continue
		}
		at := "name"
		if !req.Inputs.Get(made.input).IsNull() {
			at = made.input
		}
		var problems problem.List
		problems.Add(problem.At(at), "is already used by another sync of this program, %s: set a different name on one "+
			"of them", owner)
		all.AddMissing(problems)
	}
	return all
}
