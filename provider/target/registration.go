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

// Registration is what a platform registers its children with.
type Registration struct {
	Ctx       *pulumi.Context
	Component pulumi.ComponentResource
	// Name is that of the component.
	Name    string
	Request Request
	// Provider is set where the target makes a provider of its own.
	Provider pulumi.ProviderResource

	plan   Plan
	before previousState
	// lost are the secrets of the state that are not pushed any more.
	lost []Item
	// found is what exists on the platform, by name, of what is pushed; foundLost, by identity, of what is lost.
	found, foundLost map[string]Existing
	list             pulumi.Resource
	// releases are what the target stops managing, and released their resources.
	releases []Secret
	released []pulumi.Resource
	// settled are the resources of secrets of which the platform tells an outcome, and faults, of each, what is wrong.
	settled []pulumi.Resource
	faults  []any
}

// run looks up what exists, registers the inventory, which may refuse the run, and then the secrets.
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
	if err := r.judge(); err != nil {
		return err
	}
	return r.recordRelease()
}

// unanswered carries what was asked in vain to the program that started the run.
func (r *Registration) unanswered(err error) error {
	if failed := questions(err); len(failed) > 0 {
		r.Request.report(r.Ctx.Context(), failed)
	}
	return err
}

// ConfiguredAccount is the account that the configuration of the platform's provider says, which tells nothing of a
// provider that the caller passed.
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
		if item.Location != "" {
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
			existing.Sync = "" // it is released
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
		"adoptionPolicy": pulumi.String(string(policy.AdoptionPolicy)),
		"maxDeletions":   pulumi.String(policy.MaxDeletions.String()),
	}, list, construct.OwnProvider(pulumi.Parent(r.Component))...)
	if err != nil {
		return fmt.Errorf("registering the inventory of %s: %w", r.Name, err)
	}
	r.list = list
	return nil
}

// Logical returns the resource name of a secret's child. It is that of the secret itself, so that one under another
// name is another resource. Were it the same, the engine would have to replace it: with this run's options, which are
// not what the old one fell under until now, and without an import, as a refresh by the program takes the new id for
// the one that the state has.
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

// pushes tells whether there is a child of the name for what is pushed.
func (r *Registration) pushes(logical string) bool {
	return slices.ContainsFunc(r.plan.Items, func(item Item) bool { return r.LogicalOf(item) == logical })
}

// Options returns what every child gets. Every child depends on the inventory, so that none is touched before it has
// agreed to the run.
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

// OptionsOf returns what a child gets that stands for a secret, or for a part of one.
func (r *Registration) OptionsOf(s Secret, more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	if s.Retained || s.Owner != "" || r.found[s.Name].Sync != "" || r.leavesRetained(s) {
		more = append(more, pulumi.RetainOnDelete(true))
	}
	if s.Owner != "" {
		more = append(more, pulumi.IgnoreChanges([]string{"*"}))
	}
	return r.Options(more...)
}

// leavesRetained tells of a secret whose resource stands for one at another location until now that this one was not
// to be deleted. The engine replaces the resource, by the options of this run if the program runs with the refresh.
func (r *Registration) leavesRetained(s Secret) bool {
	name := r.Logical(s)
	return slices.ContainsFunc(r.lost, func(item Item) bool {
		return r.LogicalOf(item) == name &&
			!slices.Contains(r.before.last.Deletable, item.identity(r.Request.Platform.Name))
	})
}

// Adopting returns the options of the child that stands for a secret, with the import of what exists, if it may be
// adopted.
func (r *Registration) Adopting(s Secret) []pulumi.ResourceOption {
	if id := r.importID(s); id != "" {
		return r.OptionsOf(s, pulumi.Import(pulumi.ID(id)))
	}
	return r.OptionsOf(s)
}

// importID is what adopts a secret; "" where there is nothing to adopt, or it must not be. For what is in the state
// already, an import of the same id changes nothing; see [Plan.ImportsOnce] for another id.
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

// InvokeOptions returns what every lookup gets, so that it uses the provider that the children use.
func (r *Registration) InvokeOptions() []pulumi.InvokeOption {
	if r.Provider != nil {
		return []pulumi.InvokeOption{pulumi.Provider(r.Provider)}
	}
	return []pulumi.InvokeOption{pulumi.Parent(r.Component)}
}
