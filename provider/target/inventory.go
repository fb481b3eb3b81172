package target

import (
	"context"
	"maps"
	"slices"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// InventoryToken is the type of the list of what a target pushes.
//
//nolint:gosec // A type token is no credential.
const InventoryToken = "escsync:index:Inventory"

// Inventory is the list of what a target pushes. It does nothing on any platform: it is the one place that sees the
// list of the run before, and all secrets of a target depend on it, so that a run which must not happen stops here.
type Inventory struct{}

// InventoryArgs are the inputs of Inventory.
type InventoryArgs struct {
	Secrets        map[string]string `pulumi:"secrets"`
	Keys           map[string]string `pulumi:"keys,optional"`
	Deletable      []string          `pulumi:"deletable,optional"`
	Policy         string            `pulumi:"policy,optional"`
	Place          string            `pulumi:"place,optional"`
	Found          map[string]string `pulumi:"found,optional"`
	AdoptionPolicy string            `pulumi:"adoptionPolicy,optional"`
	MaxDeletions   string            `pulumi:"maxDeletions,optional"`
}

// InventoryState is the state of Inventory: its inputs, which are those of the last run that changed the list.
type InventoryState struct {
	InventoryArgs
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
	a.Describe(&i.Keys, "By identity, the key that the secret comes from.")
	a.Describe(&i.Deletable, "The identities of the secrets that are deleted with their key.")
	a.Describe(&i.Policy, "The deletion policy, with its exceptions.")
	a.Describe(&i.Place, "Where the secrets are: an account and region, an address, a cluster. It must not change: the "+
		"state would be taken for that of another place. Default: not known, and not held to.")
	a.Describe(&i.Found, "By identity, what exists on the platform already: `owned`, `foreign`, `unmarked` or "+
		"`different`. Default: nothing.")
	a.Describe(&i.AdoptionPolicy, "What may be taken over. Default: nothing.")
	a.Describe(&i.MaxDeletions, "How many may go away in one run. Default: half of them, where there are at least 4.")
}

// Annotate documents the state.
func (i *InventoryState) Annotate(a infer.Annotator) {
	a.Describe(&i.Secrets, "The secrets that the target pushes.")
	a.Describe(&i.Keys, "The keys that they come from.")
	a.Describe(&i.Deletable, "Those that are deleted with their key.")
	a.Describe(&i.Policy, "The deletion policy, with its exceptions.")
	a.Describe(&i.Place, "Where they are.")
	a.Describe(&i.Found, "What existed on the platform when the list last changed.")
	a.Describe(&i.AdoptionPolicy, "What could be taken over when the list last changed.")
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
	old := recorded(req.OldInputs)
	if args.Place == "" {
		args.Place = old.Place // a run that cannot tell does not make it forgotten
	}
	change := inventory.Change{
		Old: old.Secrets, New: args.Secrets, OldKeys: old.Keys, Keys: args.Keys, OldDeletable: old.Deletable,
		OldPolicy: old.Policy, Policy: args.Policy, OldPlace: old.Place, Place: args.Place,
		Found: args.Found, AdoptionPolicy: args.AdoptionPolicy, Allowed: allowed,
	}
	// All in one, without a property: the engine would print the whole list with each.
	if reasons := change.Check(); len(reasons) > 0 {
		failures = append(failures, p.CheckFailure{Reason: strings.Join(reasons, "\n")})
	}
	return infer.CheckResponse[InventoryArgs]{Inputs: args, Failures: failures}, nil
}

// recorded is what the last run left. There is none on the first.
func recorded(old property.Map) InventoryArgs {
	args := InventoryArgs{Secrets: texts(old.Get("secrets")), Keys: texts(old.Get("keys"))}
	if deletable := old.Get("deletable"); deletable.IsArray() {
		for _, id := range deletable.AsArray().All {
			if id.IsString() {
				args.Deletable = append(args.Deletable, id.AsString())
			}
		}
	}
	if policy := old.Get("policy"); policy.IsString() {
		args.Policy = policy.AsString()
	}
	if where := old.Get("place"); where.IsString() {
		args.Place = where.AsString()
	}
	return args
}

func texts(v property.Value) map[string]string {
	if !v.IsMap() {
		return nil
	}
	found := map[string]string{}
	for key, text := range v.AsMap().All {
		if text.IsString() {
			found[key] = text.AsString()
		}
	}
	return found
}

// Diff compares what the next run is judged by. What this one found, and how much of it was allowed, is about this run.
func (Inventory) Diff(
	_ context.Context, req infer.DiffRequest[InventoryArgs, InventoryState],
) (infer.DiffResponse, error) {
	before, now := req.State, req.Inputs
	changes := map[string]p.PropertyDiff{}
	for property, same := range map[string]bool{
		"secrets":   maps.Equal(before.Secrets, now.Secrets),
		"keys":      maps.Equal(before.Keys, now.Keys),
		"deletable": slices.Equal(before.Deletable, now.Deletable),
		"policy":    before.Policy == now.Policy,
		"place":     before.Place == now.Place,
	} {
		if !same {
			changes[property] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
		}
	}
	return infer.DiffResponse{HasChanges: len(changes) > 0, DetailedDiff: changes}, nil
}

// Create takes the list down.
func (Inventory) Create(
	_ context.Context, req infer.CreateRequest[InventoryArgs],
) (infer.CreateResponse[InventoryState], error) {
	return infer.CreateResponse[InventoryState]{ID: "inventory", Output: InventoryState{req.Inputs}}, nil
}

// Update takes the new list down.
func (Inventory) Update(
	_ context.Context, req infer.UpdateRequest[InventoryArgs, InventoryState],
) (infer.UpdateResponse[InventoryState], error) {
	return infer.UpdateResponse[InventoryState]{Output: InventoryState{req.Inputs}}, nil
}
