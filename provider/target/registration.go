package target

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/construct"
	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// Registration is passed to a platform to register its child resources.
type Registration struct {
	Ctx       *pulumi.Context
	Component pulumi.ComponentResource
	// Name is the name of the component.
	Name    string
	Request Request
	// Provider is set if the target creates its own provider.
	Provider pulumi.ProviderResource

	plan   Plan
	before previousState
	// lost are the secrets in the state that are no longer pushed.
	lost []Item
	// found maps the names of pushed secrets to what exists on the platform. foundLost does so for lost, by identity.
	found, foundLost map[string]Existing
	list             pulumi.Resource
	// releases are the secrets that the target stops managing, and released are their resources.
	releases []Secret
	released []pulumi.Resource
	// settled are the resources of secrets whose outcome the platform reports, and faults has the error of each.
	settled []pulumi.Resource
	faults  []any
}

// run looks up what exists, registers the inventory, which may refuse the run, and then registers the secrets.
func (r *Registration) run() error {
	locate := r.plan.Locate
	if locate == nil {
		locate = (*Registration).ConfiguredAccount
	}
	at, err := locate(r)
	if err != nil {
		return r.unanswered(err)
	}
	if err := r.readState(); err != nil {
		return err
	}
	if why := inventory.Moved(r.before.last.Account, at); why != "" {
		r.Request.report(r.Ctx.Context(), []string{why})
		return errors.New(why)
	}
	if r.plan.Lookup != nil {
		found, err := r.plan.Lookup(r)
		if err != nil {
			return r.unanswered(err)
		}
		r.found = found
	}
	r.releases = r.adoptedElsewhere()
	if err := r.warnOfOwners(); err != nil {
		return err
	}
	if err := r.registerInventory(at); err != nil {
		return err
	}
	if err := r.plan.Register(r); err != nil {
		return err
	}
	if err := r.registerOutcome(); err != nil {
		return err
	}
	return r.recordRelease()
}

// unanswered reports failed lookups and refusals to the program that started the run.
func (r *Registration) unanswered(err error) error {
	if failed := questions(err); len(failed) > 0 {
		r.Request.report(r.Ctx.Context(), failed)
	}
	return err
}

// ConfiguredAccount returns the account from the configuration of the platform's provider. It returns "" if the
// caller passed its own provider, whose configuration is unknown here.
func (r *Registration) ConfiguredAccount() (string, error) {
	platform := r.Request.Platform
	if r.Request.Caller.Provides(platform.Package) {
		return "", nil
	}
	return platform.Account(account.Source{Config: r.Request.Caller.Config, Getenv: os.Getenv}), nil
}

func (r *Registration) registerInventory(at string) error {
	platform := r.Request.Platform.Name
	secrets, keys, names := pulumi.StringMap{}, pulumi.StringMap{}, pulumi.StringMap{}
	found, owners, lost := pulumi.StringMap{}, pulumi.StringMap{}, pulumi.StringMap{}
	record := func(id string, item Item, e Existing) {
		if id != platform+"/"+item.Name {
			names[id] = pulumi.String(item.Name)
		}
		if e.Sync != "" {
			owners[id] = pulumi.String(e.Sync)
		}
	}
	for _, item := range r.plan.Items {
		id := item.identity(platform)
		secrets[id], keys[id] = pulumi.String(item.Immutable), pulumi.String(item.Key)
		e, exists := r.found[item.Name]
		if exists {
			found[id] = pulumi.String(e.Owner)
		}
		record(id, item, e)
	}
	for _, item := range r.lost {
		id := item.identity(platform)
		lost[id] = pulumi.String(item.Key)
		existing := r.foundLost[id]
		if !r.pushes(r.LogicalOf(item)) {
			existing.Sync = "" // already released
		}
		record(id, item, existing)
	}
	list := &pulumi.CustomResourceState{}
	policy := r.Request.Policy
	err := r.Ctx.RegisterResource(InventoryToken, r.Name, pulumi.Map{
		"secrets":        secrets,
		"found":          found,
		"owners":         owners,
		"keys":           keys,
		"names":          names,
		"lost":           lost,
		"deletable":      pulumi.ToStringArray(r.deletable()),
		"policy":         pulumi.String(policy.text()),
		"account":        pulumi.String(at),
		"kind":           pulumi.String(r.Request.kind()),
		"type":           pulumi.String(r.plan.Type),
		"adoptionPolicy": pulumi.String(string(policy.AdoptionPolicy)),
		"maxDeletions":   pulumi.String(policy.MaxDeletions.String()),
	}, list, construct.OwnProvider(pulumi.Parent(r.Component))...)
	if err != nil {
		return fmt.Errorf("registering the inventory of %s: %w", r.Name, err)
	}
	r.list = list
	return nil
}

// Logical returns the resource name of a secret's child. It contains the secret's own name, so a secret under a new
// name is a new resource. If the resource kept its name, the engine would replace it: with this run's options instead
// of those that the old one was registered with, and without an import, because a refresh with the program takes the
// new ID for the one in the state.
func (r *Registration) Logical(s Secret) string {
	if s.released != "" {
		return s.released
	}
	for _, item := range r.plan.Items {
		if item.Name == s.Name {
			return r.LogicalOf(item)
		}
	}
	return r.Name + "/" + s.Name
}

// LogicalOf is Logical for an item.
func (r *Registration) LogicalOf(item Item) string {
	return r.Name + "/" + item.named(r.plan.Unplaced)
}

// pushes reports whether a pushed secret has a child with this name.
func (r *Registration) pushes(logical string) bool {
	return slices.ContainsFunc(r.plan.Items, func(item Item) bool { return r.LogicalOf(item) == logical })
}

// Options returns the options that every child needs. Every child depends on the inventory, so nothing is changed
// before the inventory has accepted the run.
func (r *Registration) Options(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	opts := []pulumi.ResourceOption{pulumi.Parent(r.Component), pulumi.DependsOn([]pulumi.Resource{r.list})}
	if r.Request.Policy.Retain {
		opts = append(opts, pulumi.RetainOnDelete(true))
	}
	if r.Provider != nil {
		opts = append(opts, pulumi.Provider(r.Provider))
	}
	return append(opts, more...)
}

// OptionsOf returns the options for a child that represents a secret or a part of one.
func (r *Registration) OptionsOf(s Secret, more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	if s.Retained || s.Owner != "" || r.found[s.Name].Sync != "" || r.leavesRetained(s) {
		more = append(more, pulumi.RetainOnDelete(true))
	}
	if s.Owner != "" {
		more = append(more, pulumi.IgnoreChanges([]string{"*"}))
	}
	return r.Options(more...)
}

// leavesRetained reports whether the secret's resource has represented a secret at another location that must not be
// deleted: it was retained until now, or another sync owns it. The engine would replace the resource with the options
// of this run if the program runs with the refresh, and a destroy deletes it with them.
func (r *Registration) leavesRetained(s Secret) bool {
	name := r.Logical(s)
	return slices.ContainsFunc(r.lost, func(item Item) bool {
		id := item.identity(r.Request.Platform.Name)
		return r.LogicalOf(item) == name &&
			(r.foundLost[id].Sync != "" || !slices.Contains(r.before.last.Deletable, id))
	})
}

// Adopting returns the options for the child that represents a secret. They import an existing secret if it may be
// adopted.
func (r *Registration) Adopting(s Secret) []pulumi.ResourceOption {
	if id := r.importID(s); id != "" {
		return r.OptionsOf(s, pulumi.Import(pulumi.ID(id)))
	}
	return r.OptionsOf(s)
}

// importID returns the import ID that adopts a secret, or "" if there is nothing to adopt or it must not be adopted.
// For a resource that is already in the state, importing the same ID changes nothing; for a different ID see
// [Plan.ImportsOnce].
func (r *Registration) importID(s Secret) string {
	e, policy := r.found[s.Name], r.Request.Policy.AdoptionPolicy
	switch {
	case s.Owner != "", policy == AdoptNever, policy != AdoptAll && e.Owner != inventory.Owned:
		return ""
	case r.plan.ImportsOnce && r.before.children[r.Logical(s)]:
		return ""
	}
	return e.ImportID
}

// InvokeOptions returns the options for every lookup, so that it uses the same provider as the children.
func (r *Registration) InvokeOptions() []pulumi.InvokeOption {
	if r.Provider != nil {
		return []pulumi.InvokeOption{pulumi.Provider(r.Provider)}
	}
	return []pulumi.InvokeOption{pulumi.Parent(r.Component)}
}
