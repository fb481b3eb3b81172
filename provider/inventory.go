package provider

import (
	"context"
	"maps"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/internal/inventory"
)

//nolint:gosec // A type token is no credential.
const inventoryToken = "escsync:index:Inventory"

// Inventory is the list of what a target pushes. It does nothing on any platform: it is the one place that sees the
// list of the run before, and all secrets of a target depend on it, so that a run which must not happen stops here.
type Inventory struct{}

// InventoryArgs are the inputs of Inventory.
type InventoryArgs struct {
	Secrets      map[string]string `pulumi:"secrets"`
	Place        string            `pulumi:"place,optional"`
	Found        map[string]string `pulumi:"found,optional"`
	Adopt        string            `pulumi:"adopt,optional"`
	MaxDeletions string            `pulumi:"maxDeletions,optional"`
}

// InventoryState is the state of Inventory. The framework keeps all inputs in the state, so they are here too; they are
// those of the last run that changed the list.
type InventoryState struct {
	Secrets      map[string]string `pulumi:"secrets"`
	Place        string            `pulumi:"place,optional"`
	Found        map[string]string `pulumi:"found,optional"`
	Adopt        string            `pulumi:"adopt,optional"`
	MaxDeletions string            `pulumi:"maxDeletions,optional"`
}

var (
	_ infer.CustomCheck[InventoryArgs]                  = Inventory{}
	_ infer.CustomDiff[InventoryArgs, InventoryState]   = Inventory{}
	_ infer.CustomUpdate[InventoryArgs, InventoryState] = Inventory{}
)

// Annotate documents the resource.
func (i *Inventory) Annotate(a infer.Annotator) {
	a.Describe(&i, "The list of the secrets that a target pushes, and the brake in front of them: a run that would "+
		"let go of too many of them, or overwrite one that belongs to somebody else, is refused here before anything is "+
		"changed. Targets make it; there is no use for it elsewhere.")
}

// Annotate documents the inputs.
func (i *InventoryArgs) Annotate(a infer.Annotator) {
	a.Describe(&i.Secrets, "By identity, `platform/place/name`, what cannot be changed about a secret once it exists.")
	a.Describe(&i.Place, "Where the secrets are: an account and region, an address, a cluster. It must not change: the "+
		"state would be taken for that of another place. Default: not known, and not held to.")
	a.Describe(&i.Found, "By identity, what exists on the platform already: `owned`, `foreign` or `unmarked`.")
	a.Describe(&i.Adopt, "What may be taken over.")
	a.Describe(&i.MaxDeletions, "How many may go away in one run.")
}

// Annotate documents the state.
func (i *InventoryState) Annotate(a infer.Annotator) {
	a.Describe(&i.Secrets, "The secrets that the target pushes.")
	a.Describe(&i.Place, "Where they are.")
	a.Describe(&i.Found, "What existed on the platform when the list last changed.")
	a.Describe(&i.Adopt, "What could be taken over when the list last changed.")
	a.Describe(&i.MaxDeletions, "How many could go away when the list last changed.")
}

// Check refuses a run. On destroy it is not called.
func (Inventory) Check(ctx context.Context, req infer.CheckRequest) (infer.CheckResponse[InventoryArgs], error) {
	args, failures, err := infer.DefaultCheck[InventoryArgs](ctx, req.NewInputs)
	if err != nil || len(failures) > 0 {
		return infer.CheckResponse[InventoryArgs]{Inputs: args, Failures: failures}, err
	}
	allowed, err := inventory.ParseAllowance(args.MaxDeletions)
	if err != nil {
		failures = append(failures, p.CheckFailure{Property: "maxDeletions", Reason: err.Error()})
	}
	change := inventory.Change{
		New: args.Secrets, Place: args.Place, Found: args.Found, Adopt: args.Adopt, Allowed: allowed,
	}
	if old := req.OldInputs.Get("place"); old.IsString() {
		change.OldPlace = old.AsString()
	}
	if old := req.OldInputs.Get("secrets"); old.IsMap() {
		change.Old = map[string]string{}
		for id, shape := range old.AsMap().All {
			if shape.IsString() {
				change.Old[id] = shape.AsString()
			}
		}
	}
	// All in one, without a property: the engine would print the whole list with each.
	if reasons := change.Check(); len(reasons) > 0 {
		failures = append(failures, p.CheckFailure{Reason: strings.Join(reasons, "\n")})
	}
	return infer.CheckResponse[InventoryArgs]{Inputs: args, Failures: failures}, nil
}

// Diff compares lists and places only: the rest is about this run and not about the resource.
func (Inventory) Diff(
	_ context.Context, req infer.DiffRequest[InventoryArgs, InventoryState],
) (infer.DiffResponse, error) {
	changes := map[string]p.PropertyDiff{}
	if !maps.Equal(req.State.Secrets, req.Inputs.Secrets) {
		changes["secrets"] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
	}
	if req.State.Place != req.Inputs.Place {
		changes["place"] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
	}
	return infer.DiffResponse{HasChanges: len(changes) > 0, DetailedDiff: changes}, nil
}

// Create takes the list down.
func (Inventory) Create(
	_ context.Context, req infer.CreateRequest[InventoryArgs],
) (infer.CreateResponse[InventoryState], error) {
	return infer.CreateResponse[InventoryState]{ID: "inventory", Output: InventoryState(req.Inputs)}, nil
}

// Update takes the new list down.
func (Inventory) Update(
	_ context.Context, req infer.UpdateRequest[InventoryArgs, InventoryState],
) (infer.UpdateResponse[InventoryState], error) {
	return infer.UpdateResponse[InventoryState]{Output: InventoryState(req.Inputs)}, nil
}
