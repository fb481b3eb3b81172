package run

import (
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// plannedChange lists what a run will do on the platform, by secret name. If the destination changes, a name may be in
// added (there) and in removed or retained (at the old one).
type plannedChange struct {
	added, changed, removed []string
	// retained are the secrets that are no longer pushed but stay on the platform.
	retained []string
	// adopted are the secrets that another stack has pushed until now.
	adopted   []string
	unchanged int
}

// plannedChanges compares what the last run pushed with what the next will push. It is empty if the names of one of
// them are unknown. A new stack starts out empty: it adopts the secrets that the old stack stops managing without
// deleting them.
func plannedChanges(before, after *pushed, otherStack bool) plannedChange {
	var c plannedChange
	if before == nil || after == nil {
		return c
	}
	before = before.spelledAs(after)
	moved := before.within != after.within
	for name, value := range after.secrets.AllStable {
		switch was, there := before.secrets.GetOk(name); {
		case !there || moved:
			c.added = append(c.added, name)
		case otherStack:
			c.adopted = append(c.adopted, name)
		case plainEqual(was, value):
			c.unchanged++
		default:
			c.changed = append(c.changed, name)
		}
	}
	for name := range before.secrets.AllStable {
		if _, stays := after.secrets.GetOk(name); stays && !moved {
			continue
		}
		if !otherStack && before.loses(name, moved) {
			c.removed = append(c.removed, name)
		} else {
			c.retained = append(c.retained, name)
		}
	}
	return c
}

// loses reports whether the platform loses a secret that is no longer pushed. The policy at the time of the last run
// decides, not the current one. A field of an object is always lost with its key, because the object is written as a
// whole.
func (s *pushed) loses(name string, moved bool) bool {
	_, object, isField := strings.Cut(s.within, "/")
	switch {
	case isField && !moved:
		return true
	case isField:
		return s.deletable[object+inventory.All]
	}
	return s.deletable[name]
}

// firstRun lists what the first run of a stack does.
func firstRun(inputs property.Map) plannedChange {
	after := pushedOf(inputs)
	if after == nil {
		return plannedChange{}
	}
	return plannedChanges(&pushed{within: after.within}, after, false)
}

// diff returns the changes as property diffs of secrets, by name.
func (c plannedChange) diff() map[string]p.PropertyDiff {
	changes := map[string]p.PropertyDiff{}
	show := func(kind p.DiffKind, names []string) {
		for _, name := range names {
			path, change := "secrets"+quotedKey(name), p.PropertyDiff{Kind: kind}
			if _, both := changes[path]; both || path == "secrets" {
				change.Kind = p.Update
			}
			changes[path] = change
		}
	}
	show(p.Add, c.added)
	show(p.Update, c.changed)
	show(p.Update, c.adopted)
	show(p.Delete, c.removed)
	show(p.Delete, c.retained)
	return changes
}

// text counts the changes, "" if there are none.
func (c plannedChange) text() string {
	if len(c.added)+len(c.changed)+len(c.adopted)+len(c.removed)+len(c.retained) == 0 {
		return ""
	}
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{
		{len(c.added), "to add"},
		{len(c.changed), "to change"},
		{len(c.adopted), "to adopt"},
		{len(c.removed), "to remove"},
		{len(c.retained), "to stop managing (retained)"},
		{c.unchanged, "unchanged"},
	} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	return strings.Join(parts, ", ")
}
