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

// previousState is what the stack's state contains about a target before the run. Nothing else shows what the engine
// is about to delete: a destroy runs the program but does not check existing resources, so the inventory cannot
// refuse it.
type previousState struct {
	// last is the inventory that the previous run recorded.
	last InventoryArgs
	// children are the names of the target's resources in the state.
	children map[string]bool
	// released maps the names of resources that are already retained, because other syncs own them, to their owners.
	released map[string]string
}

// stateFunction is the engine's built-in function that reads the resources of a stack.
const stateFunction = "pulumi:pulumi:readStackResourceOutputs"

// readState reads the stack's own state. Under Retain nothing is ever deleted, so the state is only read if the plan
// imports once, to know what must not be imported again.
func (r *Registration) readState() error {
	if r.Request.Policy.Retain && !r.plan.ImportsOnce {
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
		return fmt.Errorf("reading the state of stack %s, without which nothing may be deleted: %w", stack, err)
	}
	r.before = previousStateIn(state.Outputs, r.Request.URN)
	r.before.addRenamed(state.Outputs, r.Request.URN, r.Request.Aliases)
	if r.Request.Policy.Retain {
		r.before = previousState{children: r.before.children}
		return nil
	}
	r.lost, r.foundLost = r.lostItems(), map[string]Existing{}
	for _, item := range r.lost {
		r.foundLost[item.identity(r.Request.Platform.Name)] = Existing{}
	}
	return nil
}

// previousStateIn finds the state of a component among the resources of a stack.
func previousStateIn(resources map[string]any, component urn.URN) previousState {
	h := previousState{children: map[string]bool{}}
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
			if name == of { // "shop/eu" may be another component beside "shop"
				h.last = recorded(outputsOf(found))
			}
		case tokens.Type(OutcomeToken): // not a secret
		case tokens.Type(ReleaseToken):
			if name == of {
				h.released = texts(outputsOf(found).Get("owners"))
			}
		default:
			h.children[name] = true
		}
	}
	return h
}

// addRenamed adds what the component had under its aliases: its children by their new names, and its inventory.
func (h *previousState) addRenamed(resources map[string]any, component urn.URN, aliases []urn.URN) {
	for _, alias := range aliases {
		before := previousStateIn(resources, alias)
		for name := range before.children {
			h.children[component.Name()+strings.TrimPrefix(name, alias.Name())] = true
		}
		if h.last.Secrets == nil {
			h.last = before.last
		}
	}
}

// outputsOf returns the outputs of a resource as the engine reports them.
func outputsOf(found any) property.Map {
	fields, _ := found.(map[string]any)
	outputs, _ := fields["outputs"].(map[string]any)
	return resource.FromResourcePropertyMap(resource.NewPropertyMapFromMap(outputs))
}

// lostItems returns the secrets that are in the state but no longer pushed, under the names they had. A secret whose
// resource is gone is forgotten. If its resource stays but gets a new name, the old name is lost.
func (r *Registration) lostItems() []Item {
	platform := r.Request.Platform.Name
	pushed := map[string]bool{}
	for _, item := range r.plan.Items {
		pushed[item.identity(platform)] = true
	}
	var lost []Item
	add := func(id, key string) {
		rest, ours := strings.CutPrefix(id, platform+"/")
		if pushed[id] || !ours {
			return
		}
		item := Item{Name: rest, Key: key, Immutable: r.before.last.Secrets[id]}
		if name, located := r.before.last.Names[id]; located && len(name) <= len(rest) {
			at := len(rest) - len(name)
			item.Name, item.Location = name, strings.TrimSuffix(rest[:at], "/")
			item.CaseInsensitive = rest[at:] != name
		}
		if !r.inState(item) {
			return
		}
		lost = append(lost, item)
		pushed[id] = true
	}
	for id := range r.before.last.Secrets {
		add(id, r.before.last.Keys[id])
	}
	for id, key := range r.before.last.Lost {
		add(id, key)
	}
	return lost
}

func (r *Registration) inState(item Item) bool {
	return r.before.children[r.LogicalOf(item)]
}

// itemsInState returns the secrets in the state, whether still pushed or not. It returns none if the state was not
// read.
func (r *Registration) itemsInState() []Item {
	items := slices.Clone(r.lost)
	for _, item := range r.plan.Items {
		if r.inState(item) {
			items = append(items, item)
		}
	}
	return items
}

// Find records what exists under the name of an item: in pushed, or in foundLost if the item is no longer pushed.
func (r *Registration) Find(pushed map[string]Existing, item Item, e Existing) {
	id := item.identity(r.Request.Platform.Name)
	if _, lost := r.foundLost[id]; lost {
		r.foundLost[id] = e
	} else {
		pushed[item.Name] = e
	}
}
