package provider

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/inventory"
)

// registration is what a platform registers its children with.
type registration struct {
	ctx       *pulumi.Context
	component pulumi.ComponentResource
	name      string
	plan      pushPlan
	// provider is set where the target makes a provider of its own.
	provider pulumi.ProviderResource
	// found is what exists on the platform, by name.
	found map[string]existing
	list  pulumi.Resource
}

// run looks up what exists, registers the inventory, which may refuse the run, and then the secrets.
func (r *registration) run() error {
	where, err := r.plan.locate(r)
	if err != nil {
		return err
	}
	if r.plan.lookUp != nil {
		found, err := r.plan.lookUp(r)
		if err != nil {
			return err
		}
		r.found = found
	}
	if err := r.registerInventory(where); err != nil {
		return err
	}
	return r.plan.register(r)
}

// inventoryState is the state of the inventory as this program sees it.
type inventoryState struct {
	pulumi.CustomResourceState
}

func (r *registration) registerInventory(where string) error {
	secrets, keys, found := pulumi.StringMap{}, pulumi.StringMap{}, pulumi.StringMap{}
	for _, item := range r.plan.items {
		id := r.plan.identity(item)
		secrets[id], keys[id] = pulumi.String(item.shape), pulumi.String(item.key)
		if e, exists := r.found[item.name]; exists {
			found[id] = pulumi.String(e.whose)
		}
	}
	list := &inventoryState{}
	// Version and address are those that the caller came by: with others, the engine would start a second process.
	err := r.ctx.RegisterResource(inventoryToken, r.name, pulumi.Map{
		"secrets":      secrets,
		"found":        found,
		"keys":         keys,
		"deletable":    pulumi.ToStringArray(r.plan.deletable()),
		"policy":       pulumi.String(r.plan.policy.text()),
		"place":        pulumi.String(where),
		"adopt":        pulumi.String(string(r.plan.policy.adopt)),
		"maxDeletions": pulumi.String(r.plan.policy.maxDeletions.String()),
	}, list, pulumi.Parent(r.component), pulumi.Version(Version), pulumi.PluginDownloadURL(PluginDownloadURL))
	if err != nil {
		return fmt.Errorf("registering the inventory of %s: %w", r.name, err)
	}
	r.list = list
	return nil
}

// logical returns the resource name of the child for a key: stable, whatever other keys there are.
func (r *registration) logical(key string) string {
	if key == "" {
		return r.name
	}
	return r.name + "/" + key
}

// options returns what every child gets. Every child depends on the inventory, so that none is touched before it has
// agreed to the run.
func (r *registration) options(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	opts := []pulumi.ResourceOption{pulumi.Parent(r.component), pulumi.DependsOn([]pulumi.Resource{r.list})}
	if r.plan.policy.retain {
		opts = append(opts, pulumi.RetainOnDelete(true))
	}
	if r.provider != nil {
		opts = append(opts, pulumi.Provider(r.provider))
	}
	return append(opts, more...)
}

// optionsOf returns what a child gets that stands for a secret, or for a part of one.
func (r *registration) optionsOf(s pushedSecret, more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	if s.retained {
		more = append(more, pulumi.RetainOnDelete(true))
	}
	return r.options(more...)
}

// adopting returns the options of the child that stands for a secret, with the import of what exists, where it may be
// taken over. For what is in the state already, an import of the same id changes nothing.
func (r *registration) adopting(s pushedSecret) []pulumi.ResourceOption {
	e, exists := r.found[s.name]
	if !exists || e.importID == "" || r.plan.policy.adopt == AdoptNever {
		return r.optionsOf(s)
	}
	if e.whose == inventory.Owned || r.plan.policy.adopt == AdoptAll {
		return r.optionsOf(s, pulumi.Import(pulumi.ID(e.importID)))
	}
	return r.optionsOf(s)
}

// invokeOptions returns what every look-up gets, so that it uses the provider that the children use.
func (r *registration) invokeOptions() []pulumi.InvokeOption {
	if r.provider != nil {
		return []pulumi.InvokeOption{pulumi.Provider(r.provider)}
	}
	return []pulumi.InvokeOption{pulumi.Parent(r.component)}
}
