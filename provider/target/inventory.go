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

// InventoryToken is the resource type of a target's inventory.
//
//nolint:gosec // A type token is no credential.
const InventoryToken = "escsync:index:Inventory"

// Inventory records what a target pushes. It changes nothing on any platform. It is the only resource that sees the
// list of the previous run, and every secret of the target depends on it, so its Check can refuse a run before
// anything is changed: one that would stop managing too many secrets, or overwrite a secret that this sync does not
// own. It is not in the published schema.
type Inventory struct{}

// InventoryArgs are the inputs of Inventory. An omitted input is empty.
type InventoryArgs struct {
	// Secrets maps each identity (platform/location/name) to the secret's immutable settings.
	Secrets map[string]string `pulumi:"secrets"`
	// Keys maps each identity to the key that the secret comes from.
	Keys map[string]string `pulumi:"keys,optional"`
	// Names maps the identity of each secret to its exact name, if the identity has a location before it or is in lower
	// case.
	Names map[string]string `pulumi:"names,optional"`
	// Lost maps the identity of each secret that is still in the stack but no longer pushed to its key.
	Lost map[string]string `pulumi:"lost,optional"`
	// Deletable lists the identities of the secrets that are deleted when their key is removed.
	Deletable []string `pulumi:"deletable,optional"`
	// Policy is the deletion policy with its exceptions, as text.
	Policy string `pulumi:"policy,optional"`
	// Kind is the kind of the value, "text" or "object". It is empty if the program sets the mapping. It must not
	// change, because the default mapping depends on it.
	Kind string `pulumi:"kind,optional"`
	// Type is the type of the resources and where they are, if the user chose it. See [Plan.Type].
	Type string `pulumi:"type,optional"`
	// Account is the account that the secrets are in, such as an account and region, an address, or a cluster. Once
	// known, it must not change: state from one account must not be applied to another.
	Account string `pulumi:"account,optional"`
	// Found maps the identity of each pushed secret that already exists on the platform to "owned", "notOwned" or
	// "untagged".
	Found map[string]string `pulumi:"found,optional"`
	// Owners maps identities that another sync owns to that sync's ownership tag: secrets about to be pushed, or to be
	// deleted for one.
	Owners map[string]string `pulumi:"owners,optional"`
	// AdoptionPolicy is the adoption policy. If it is empty, nothing may be adopted.
	AdoptionPolicy string `pulumi:"adoptionPolicy,optional"`
	// MaxDeletions limits how many secrets one run may remove. If it is empty, the limit is half of them, or all if
	// there are fewer than 4.
	MaxDeletions string `pulumi:"maxDeletions,optional"`
}

// InventoryState is the state of Inventory: the inputs of the last run that changed them.
type InventoryState struct {
	InventoryArgs
}

var (
	_ infer.CustomCheck[InventoryArgs]                  = Inventory{}
	_ infer.CustomDiff[InventoryArgs, InventoryState]   = Inventory{}
	_ infer.CustomUpdate[InventoryArgs, InventoryState] = Inventory{}
)

// Check refuses a run. The engine does not call it on destroy.
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
		args.Account = old.Account // a run that cannot determine the account keeps the recorded one
	}
	change := inventory.Change{
		Old: old.Secrets, New: args.Secrets, OldDeletable: old.Deletable,
		OldPolicy: old.Policy, Policy: args.Policy, OldAccount: old.Account, Account: args.Account,
		OldKind: old.Kind, Kind: args.Kind, OldType: old.Type, Type: args.Type,
		Found: args.Found, Lost: args.Lost, Owners: args.Owners, AdoptionPolicy: args.AdoptionPolicy, Allowed: allowed,
	}
	// Report all reasons in one failure without a property, because the engine prints the whole list with each failure.
	if reasons := change.Check(); len(reasons) > 0 {
		p.GetLogger(ctx).Info(refusal.Encode(reasons, nil))
		failures = append(failures, p.CheckFailure{Reason: strings.Join(reasons, "\n")})
	}
	return infer.CheckResponse[InventoryArgs]{Inputs: args, Failures: failures}, nil
}

// recorded returns what the previous run recorded. It is empty on the first run.
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
	for name, field := range map[string]*string{
		"policy": &args.Policy, "account": &args.Account, "kind": &args.Kind, "type": &args.Type,
	} {
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

// Diff compares only the inputs that the next run is checked against. Found, Owners, AdoptionPolicy and MaxDeletions
// concern this run alone.
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
		"type":      before.Type == now.Type,
	} {
		if !same {
			changes[property] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
		}
	}
	return infer.DiffResponse{HasChanges: len(changes) > 0, DetailedDiff: changes}, nil
}

// Create records the list.
func (Inventory) Create(
	_ context.Context, req infer.CreateRequest[InventoryArgs],
) (infer.CreateResponse[InventoryState], error) {
	return infer.CreateResponse[InventoryState]{ID: "inventory", Output: InventoryState{req.Inputs}}, nil
}

// Update records the new list.
func (Inventory) Update(
	_ context.Context, req infer.UpdateRequest[InventoryArgs, InventoryState],
) (infer.UpdateResponse[InventoryState], error) {
	return infer.UpdateResponse[InventoryState]{Output: InventoryState{req.Inputs}}, nil
}
