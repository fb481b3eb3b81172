package target

import (
	"context"
	"maps"
	"slices"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/refusal"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// InventoryToken is the type of the list of what a target pushes.
//
//nolint:gosec // A type token is no credential.
const InventoryToken = "escsync:index:Inventory"

// Inventory is the list of what a target pushes. It does nothing on any platform: it is the one place that sees the
// list of the run before, and all secrets of a target depend on it. A run that would stop managing too many of them, or
// overwrite one that belongs to somebody else, is refused here before anything is changed. It is not in the published
// schema.
type Inventory struct{}

// InventoryArgs are the inputs of Inventory. What can be left out is empty then.
type InventoryArgs struct {
	// Secrets has, by identity (platform/place/name), what cannot be changed about a secret once it exists.
	Secrets map[string]string `pulumi:"secrets"`
	// Keys has, by identity, the key that the secret comes from.
	Keys map[string]string `pulumi:"keys,optional"`
	// Names has, by identity, the exact name of a secret that has a location in the account.
	Names map[string]string `pulumi:"names,optional"`
	// Lost has, by identity, the key of a secret that the stack still holds and that is not pushed any more.
	Lost map[string]string `pulumi:"lost,optional"`
	// Deletable are the identities of the secrets that are deleted with their key.
	Deletable []string `pulumi:"deletable,optional"`
	// Policy is the deletion policy, with its exceptions.
	Policy string `pulumi:"policy,optional"`
	// Kind is the kind of the value, text or object, if the mapping follows from it and not from what the program gives.
	// It must not change.
	Kind string `pulumi:"kind,optional"`
	// Account is where the secrets are: an account and region, an address, a cluster. Once known it must not change, as
	// the state of one account would be read as that of another.
	Account string `pulumi:"account,optional"`
	// Found has, by identity, whose the secrets are that exist on the platform already: owned, notOwned or
	// untagged.
	Found map[string]string `pulumi:"found,optional"`
	// Owners has, by identity, the ownership tag of another sync on what is about to be pushed, or deleted for it.
	Owners map[string]string `pulumi:"owners,optional"`
	// AdoptionPolicy is what may be adopted; empty is nothing.
	AdoptionPolicy string `pulumi:"adoptionPolicy,optional"`
	// MaxDeletions is how many may go away in one run; empty is half of them, if there are at least 4.
	MaxDeletions string `pulumi:"maxDeletions,optional"`
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
	if args.Account == "" {
		args.Account = old.Account // a run that cannot tell does not make it forgotten
	}
	change := inventory.Change{
		Old: old.Secrets, New: args.Secrets, OldDeletable: old.Deletable,
		OldPolicy: old.Policy, Policy: args.Policy, OldAccount: old.Account, Account: args.Account,
		OldKind: old.Kind, Kind: args.Kind,
		Found: args.Found, Lost: args.Lost, Owners: args.Owners, AdoptionPolicy: args.AdoptionPolicy, Allowed: allowed,
	}
	// All in one, without a property: the engine would print the whole list with each.
	if reasons := change.Check(); len(reasons) > 0 {
		p.GetLogger(ctx).Info(refusal.Encode(reasons, nil))
		failures = append(failures, p.CheckFailure{Reason: strings.Join(reasons, "\n")})
	}
	return infer.CheckResponse[InventoryArgs]{Inputs: args, Failures: failures}, nil
}

// recorded is what the last run left. There is none on the first.
func recorded(old property.Map) InventoryArgs {
	args := InventoryArgs{
		Secrets: texts(old.Get("secrets")), Keys: texts(old.Get("keys")),
		Names: texts(old.Get("names")), Lost: texts(old.Get("lost")),
	}
	if deletable := old.Get("deletable"); deletable.IsArray() {
		for _, id := range deletable.AsArray().All {
			if id.IsString() {
				args.Deletable = append(args.Deletable, id.AsString())
			}
		}
	}
	for name, field := range map[string]*string{"policy": &args.Policy, "account": &args.Account, "kind": &args.Kind} {
		if text := old.Get(name); text.IsString() {
			*field = text.AsString()
		}
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
		"names":     maps.Equal(before.Names, now.Names),
		"lost":      maps.Equal(before.Lost, now.Lost),
		"deletable": slices.Equal(before.Deletable, now.Deletable),
		"policy":    before.Policy == now.Policy,
		"account":   before.Account == now.Account,
		"kind":      before.Kind == now.Kind,
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
