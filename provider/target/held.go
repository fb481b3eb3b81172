package target

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// held is what the stack's state has of a target before the run: the only thing that tells what the engine is about to
// delete. A destroy runs the program, but it checks no resource that exists, so that the inventory cannot judge it.
type held struct {
	// last is what the last run recorded.
	last InventoryArgs
	// children are the names of the target's resources in the state.
	children map[string]bool
	// released are the names of those that are retained already, as they belong to other syncs.
	released map[string]string
}

// stateFunction is the engine's own function that reads the resources of a stack.
const stateFunction = "pulumi:pulumi:readStackResourceOutputs"

// readState reads the stack's own state. Under Retain nothing is ever deleted, so that nothing is asked.
func (r *Registration) readState() error {
	if r.Request.Policy.Retain {
		return nil
	}
	stack := r.Ctx.Project() + "/" + r.Ctx.Stack()
	if organization := r.Ctx.Organization(); organization != "" {
		stack = organization + "/" + stack
	}
	var state struct {
		Outputs map[string]any `pulumi:"outputs"`
	}
	args := pulumi.Map{"stackName": pulumi.String(stack)}
	if _, err := r.Ctx.InvokePackageRaw(stateFunction, args, &state, ""); err != nil {
		return fmt.Errorf("reading what stack %s holds, without which nothing may be deleted: %w", stack, err)
	}
	r.held = heldIn(state.Outputs, r.Request.URN)
	r.lost, r.foundLost = r.lostItems(), map[string]Existing{}
	for _, item := range r.lost {
		r.foundLost[item.identity(r.Request.Platform.Name)] = Existing{}
	}
	return nil
}

// heldIn finds what a component has among the resources of a stack.
func heldIn(resources map[string]any, component urn.URN) held {
	h := held{children: map[string]bool{}}
	ours := string(component.QualifiedType()) + urn.TypeDelimiter
	for text, found := range resources {
		child := urn.URN(text)
		if !child.IsValid() {
			continue
		}
		name, of := child.Name(), component.Name()
		if !strings.HasPrefix(string(child.QualifiedType()), ours) ||
			name != of && !strings.HasPrefix(name, of+"/") {
			continue
		}
		switch child.Type() {
		case tokens.Type(InventoryToken):
			h.last = recorded(outputsOf(found))
		case tokens.Type(OutcomeToken): // is of no secret
		case tokens.Type(ReleaseToken):
			h.released = texts(outputsOf(found).Get("owners"))
		default:
			h.children[name] = true
		}
	}
	return h
}

// outputsOf are those of a resource as the engine tells of it.
func outputsOf(found any) property.Map {
	fields, _ := found.(map[string]any)
	outputs, _ := fields["outputs"].(map[string]any)
	return resource.FromResourcePropertyMap(resource.NewPropertyMapFromMap(outputs))
}

// lostItems are the secrets that the state holds and that are not pushed any more, under the name that they had. One
// whose resource has gone is forgotten. One whose resource stays comes under another name now, and loses the old one.
func (r *Registration) lostItems() []Item {
	platform := r.Request.Platform.Name
	pushed := map[string]bool{}
	for _, item := range r.plan.Items {
		pushed[item.identity(platform)] = true
	}
	var lost []Item
	add := func(id, key string) {
		if pushed[id] || !r.holds(key) || !strings.HasPrefix(id, platform+"/") {
			return
		}
		rest := strings.TrimPrefix(id, platform+"/")
		item := Item{Name: rest, Key: key}
		if name, located := r.held.last.Names[id]; located && len(name) <= len(rest) {
			item.Name, item.Location = name, strings.TrimSuffix(rest[:len(rest)-len(name)], "/")
		}
		lost = append(lost, item)
		pushed[id] = true
	}
	for id := range r.held.last.Secrets {
		add(id, r.held.last.Keys[id])
	}
	for id, key := range r.held.last.Lost {
		add(id, key)
	}
	return lost
}

func (r *Registration) holds(key string) bool {
	return r.held.children[r.Logical(key)]
}

// stays says that the state holds what a key pushes, under the name that it has now. Under Retain it is not asked, and
// nothing does.
func (r *Registration) stays(key string) bool {
	return r.holds(key) && slices.ContainsFunc(r.plan.Items, func(item Item) bool {
		_, recorded := r.held.last.Secrets[item.identity(r.Request.Platform.Name)]
		return item.Key == key && recorded
	})
}

// heldItems are the secrets that the state holds, pushed still or not. Under Retain it is not asked, and they are none.
func (r *Registration) heldItems() []Item {
	items := slices.Clone(r.lost)
	for _, item := range r.plan.Items {
		if r.holds(item.Key) {
			items = append(items, item)
		}
	}
	return items
}

// Find notes what exists under the name of an item: with what is pushed, or with what is lost.
func (r *Registration) Find(pushed map[string]Existing, item Item, e Existing) {
	id := item.identity(r.Request.Platform.Name)
	if _, lost := r.foundLost[id]; lost {
		r.foundLost[id] = e
	} else {
		pushed[item.Name] = e
	}
}
