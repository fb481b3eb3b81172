package run

import (
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// plannedChange is what a run will do on the platform, by the names of secrets there.
type plannedChange struct {
	added, changed, removed []string
	unchanged               int
}

// plannedChanges compares the secrets of two programs. Where one of them does not know its secrets, nothing is said.
func plannedChanges(before, after property.Value) plannedChange {
	var c plannedChange
	if !after.IsMap() || !before.IsMap() {
		return c
	}
	old, current := mapOf(before), mapOf(after)
	for name, value := range current.AllStable {
		switch was, there := old.GetOk(name); {
		case !there:
			c.added = append(c.added, name)
		case plainEqual(was, value):
			c.unchanged++
		default:
			c.changed = append(c.changed, name)
		}
	}
	for name := range old.AllStable {
		if _, stays := current.GetOk(name); !stays {
			c.removed = append(c.removed, name)
		}
	}
	return c
}

// diff shows each change by its name.
func (c plannedChange) diff() map[string]p.PropertyDiff {
	changes := map[string]p.PropertyDiff{}
	for kind, names := range map[p.DiffKind][]string{p.Add: c.added, p.Update: c.changed, p.Delete: c.removed} {
		for _, name := range names {
			changes["secrets"+quotedKey(name)] = p.PropertyDiff{Kind: kind, InputDiff: true}
		}
	}
	return changes
}

// text counts the changes; "" for none. retained says that what is removed stays on the platform.
func (c plannedChange) text(retained bool) string {
	if len(c.added)+len(c.changed)+len(c.removed) == 0 {
		return ""
	}
	var parts []string
	count := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	count(len(c.added), "to add")
	count(len(c.changed), "to change")
	if retained {
		count(len(c.removed), "to stop managing (retained)")
	} else {
		count(len(c.removed), "to remove")
	}
	count(c.unchanged, "unchanged")
	return strings.Join(parts, ", ")
}
