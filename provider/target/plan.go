package target

import (
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// Plan is everything that a target will register. It is complete before anything is registered.
type Plan struct {
	// Items are the secrets, in order.
	Items []Item
	// Unplaced is true if the same secret may get a different Location in the next run, for example because a setting
	// now repeats what the provider's configuration said. Resource names then leave out the location, so that one secret
	// does not become two resources.
	Unplaced bool
	// Type is the type of the resources, with what says where they are, if the user chose it. With another one, other
	// names may mean the same secrets.
	Type string
	// Locate returns the account, address or cluster that the run pushes to. It must not change between runs. Nil uses
	// the platform's Account.
	Locate func(r *Registration) (string, error)
	// Lookup finds what exists on the platform under the names of the items. It runs before anything is registered. It
	// is nil if the platform's provider has no function for it.
	Lookup func(r *Registration) (map[string]Existing, error)
	// ImportsOnce is true if the provider may give a resource an ID that differs from its import ID. Resources in the
	// state are then not imported again: the engine would treat the import as a replacement and delete the old
	// resource, which is the same secret.
	ImportsOnce bool
	// Register registers the children.
	Register func(r *Registration) error
}

// Item is one secret, or one field of a secret that has several.
type Item struct {
	// Name is the exact name on the platform.
	Name string
	// Location is where the item is in the account, if known: a vault, a repository, a namespace.
	Location string
	// CaseInsensitive is true if names and locations are case-insensitive on the platform. Immutable then has the
	// spelling, because for a different spelling the provider creates a new resource and deletes the old one, although
	// both are the same secret.
	CaseInsensitive bool
	// Object is true if Location is an object on the platform that is deleted as a whole once none of it is pushed.
	Object bool
	// Immutable has the settings that cannot be changed once the item exists.
	Immutable string
	// Key is the key that the item comes from.
	Key string
	// Path are the keys from the top of the value to the item's value; empty for the whole value.
	Path []string
	// Text is the text to write.
	Text document.Text
	// Retained is true if removing the key never deletes the item, whatever the deletion policy.
	Retained bool
}

// ItemsOf returns the plan's items for secrets that share a location and immutable settings.
func ItemsOf(secrets []Secret, location, immutable string) []Item {
	result := make([]Item, len(secrets))
	for i, s := range secrets {
		result[i] = Item{
			Name: s.Name, Location: location, Immutable: immutable, Key: s.Key, Path: s.Path, Text: s.Text,
			Retained: s.Retained,
		}
	}
	return result
}

// Existing is a secret that a lookup found. The zero Existing means that nothing was found.
type Existing struct {
	// ImportID adopts the secret. It is empty if writing alone adopts it.
	ImportID string
	// Owner is inventory.Owned, NotOwned or Untagged.
	Owner string
	// Sync is the ownership tag of another sync, in the platform's form. It is empty if there is no tag, or if it is
	// ours.
	Sync string
}

// Plan reads the policy and calls the platform's Plan. It returns false if a preview does not know enough to
// determine the keys.
func (r *Request) Plan() (Plan, bool) {
	r.Policy = r.readPolicy()
	plan, known := r.Platform.Plan(*r)
	r.Settings.Finish()
	return plan, known && !r.Settings.Deferred() && !r.PolicySettings.Deferred()
}

// FullName returns the location and name that identify the item on its platform, in their original case.
func (i Item) FullName() string {
	if i.Location == "" {
		return i.Name
	}
	return i.Location + "/" + i.Name
}

// identity returns a name that is unique among all items of all platforms.
func (i Item) identity(platform string) string { return platform + "/" + i.canonical(i.FullName()) }

// named returns the name that the item's resource is named after.
func (i Item) named(unplaced bool) string {
	switch {
	case i.Object:
		return i.Location
	case unplaced:
		return i.Name // exact, as name.fold of a resource may change
	}
	return i.canonical(i.FullName())
}

// canonical returns the form of a location or name to compare by.
func (i Item) canonical(name string) string {
	if i.CaseInsensitive {
		return strings.ToLower(name)
	}
	return name
}

// Loses returns what the platform deletes when the item's key is removed: the item's full name, its whole object, or
// "" if it is retained.
func (i Item) Loses(policy Policy) string {
	switch {
	case policy.Retain:
		return ""
	case i.Object:
		return i.Location + inventory.All
	case i.Retained:
		return ""
	}
	return i.FullName()
}

// deletable returns the identities that the platform deletes when their key is removed, sorted.
func (r *Registration) deletable() []string {
	ids := []string{}
	for _, item := range r.plan.Items {
		if name := item.Loses(r.Request.Policy); name != "" {
			ids = append(ids, r.Request.Platform.Name+"/"+item.canonical(name))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
