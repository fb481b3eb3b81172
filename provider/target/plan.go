package target

import (
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// Plan is everything that a target will register, made before anything is.
type Plan struct {
	// Items are the secrets, in order.
	Items []Item
	// Unplaced says that the same place may have another location in the next run, as where a setting is given that the
	// provider's configuration had. Then the location is not in the names of resources, which would be two of one secret.
	Unplaced bool
	// Locate finds the account, address or cluster that the run pushes to, of which a target may have one only. Nil: as
	// the Account of the platform says.
	Locate func(r *Registration) (string, error)
	// Lookup finds what exists on the platform under the names of the items; nil where the platform's provider has no
	// function for it. It runs before anything is registered.
	Lookup func(r *Registration) (map[string]Existing, error)
	// ImportsOnce says that the provider may give a resource another id than the one that imports it. Then what the state
	// contains is not imported again: the engine would take it for another resource, and delete the one that it has,
	// which is the same secret.
	ImportsOnce bool
	// Register makes the children.
	Register func(r *Registration) error
}

// Item is one secret, or one field of a secret that is shared.
type Item struct {
	// Name is the exact name on the platform.
	Name string
	// Location is where in the account it is, as much as is known of it: a vault, a repository, a namespace.
	Location string
	// CaseInsensitive says that capitals do not count on the platform, in names and locations. Then Immutable has the
	// spelling: with another one the provider makes a new resource and deletes the old, which are one secret.
	CaseInsensitive bool
	// Object says that Location is an object of the platform which goes as a whole, when nothing of it is pushed any more.
	Object bool
	// Immutable is what cannot be changed about it once it exists.
	Immutable string
	// Key is the key that it comes from.
	Key string
	// Path are the keys from the top of the value to the one that it comes from; none for the whole value.
	Path []string
	// Text is what is written.
	Text document.Text
	// Retained says that the platform does not lose it with its key, whatever the deletion policy.
	Retained bool
}

// ItemsOf returns the secrets for the plan.
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

// Existing is a secret that a lookup found.
type Existing struct {
	// ImportID adopts it; "" where writing is enough to do so.
	ImportID string
	// Owner is one of the inventory's Owned, NotOwned and Untagged.
	Owner string
	// Sync is the ownership tag of another sync, as the platform holds it; "" where there is none, or our own.
	Sync string
}

// Plan reads the policy and has the platform plan. False: a preview does not know enough to tell the keys.
func (r *Request) Plan() (Plan, bool) {
	r.Policy = r.readPolicy()
	plan, known := r.Platform.Plan(*r)
	r.Settings.Finish()
	return plan, known && !r.Settings.Deferred() && !r.PolicySettings.Deferred()
}

// FullName is the location and the name of an item: what names it on its platform, in its spelling.
func (i Item) FullName() string {
	if i.Location == "" {
		return i.Name
	}
	return i.Location + "/" + i.Name
}

// identity names an item among all items of all platforms.
func (i Item) identity(platform string) string { return platform + "/" + i.canonical(i.FullName()) }

// named is what the resource of an item is named after.
func (i Item) named(unplaced bool) string {
	switch {
	case i.Object:
		return i.Location
	case unplaced:
		return i.canonical(i.Name)
	}
	return i.canonical(i.FullName())
}

// canonical is a place in the one spelling that counts.
func (i Item) canonical(name string) string {
	if i.CaseInsensitive {
		return strings.ToLower(name)
	}
	return name
}

// Loses is the place that the platform loses with the item's key: its own, or all of its object; "" where it stays.
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

// deletable returns the identities of what the platform loses with its key, sorted.
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
