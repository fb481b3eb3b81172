// Package inventory decides whether a run may proceed. It compares what a target pushed before, what it is about to
// push, and what already exists on the platform.
package inventory

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// The results of looking up a name.
const (
	// Owned has the ownership tag of this sync.
	Owned = "owned"
	// NotOwned lacks the ownership tag of this sync.
	NotOwned = "notOwned"
	// Untagged exists on a platform without ownership tags.
	Untagged = "untagged"
)

// The adoption policies, as spelled in settings.
const (
	AdoptOwned = "Owned"
	AdoptNever = "Never"
	AdoptAll   = "All"
)

// All ends an identity that stands for a whole object on the platform, which is removed once it is empty. No platform
// allows names with this ending.
const All = "/*"

// The kinds of a value. The default mapping depends on them.
const (
	// KindText is a string, a number or a boolean.
	KindText = "text"
	// KindObject is an object or a list.
	KindObject = "object"
)

// Change describes a run about to start.
type Change struct {
	// Old and New map each identity ("platform/location/name") to the secret's immutable settings. Old is empty on the
	// first run.
	Old, New map[string]string
	// OldDeletable lists the identities in Old that are deleted when their key is removed, because the previous run had
	// neither deletionPolicy Retain nor a matching retainKeys pattern.
	OldDeletable []string
	// OldPolicy and Policy are the deletion policy with its retainKeys, in any text that changes with them.
	OldPolicy, Policy string
	// OldType and Type are the type of the resources and where they are, if the user chose it, else "".
	OldType, Type string
	// OldKind and Kind are the kind of the value, KindText or KindObject. "" means that the mapping is set explicitly
	// and does not depend on the kind.
	OldKind, Kind string
	// OldAccount and Account are the accounts of Old and New, such as "Vault at https://vault:8200". The first word is
	// the platform. "" is an unknown account.
	OldAccount, Account string
	// Found maps the identity of each secret in New that exists on the platform to Owned, NotOwned or
	// Untagged. It is empty for platforms without lookup.
	Found map[string]string
	// Lost maps the identity of each secret that is still in the stack but no longer pushed to its key.
	Lost map[string]string
	// Owners maps the identities that another sync owns to that sync's ownership tag: those in New, and those in Lost
	// that would be deleted.
	Owners map[string]string
	// AdoptionPolicy is AdoptOwned, AdoptNever or AdoptAll.
	AdoptionPolicy string
	// Allowed limits how many secrets the run may stop managing.
	Allowed Allowance
	// Foreseen is true if no run is about to start, so the reasons need not say that nothing was changed.
	Foreseen bool
}

// Check returns every reason to refuse the change, each with what the user can do about it. A change of the account
// or of the kind hides all other reasons, as they would follow from it.
func (c Change) Check() []string {
	if why := Moved(c.OldAccount, c.Account); why != "" {
		return []string{why}
	}
	if why := c.anotherKind(); why != "" {
		return []string{why}
	}
	reasons := append(c.deletionLimit(), c.removals()...)
	for _, id := range slices.Sorted(maps.Keys(c.New)) {
		old, known := c.Old[id]
		if known && old != c.New[id] {
			reasons = append(reasons, fmt.Sprintf("%s exists with %s, which the platform cannot change to %s: give it "+
				"another name, or delete it first", id, named(old), named(c.New[id])))
		}
		if owner := c.Owners[id]; owner != "" && known {
			reasons = append(reasons, fmt.Sprintf("%s belongs to %s now, which has adopted it since the last run: it was "+
				"not changed. Exclude its key here, which stops managing it and deletes nothing, or remove it there", id, owner))
		}
		// A known secret was checked when it entered the inventory.
		if found, exists := c.Found[id]; exists && !known {
			if why := c.refuse(id, found); why != "" {
				reasons = append(reasons, id+" "+why)
			}
		}
	}
	return append(reasons, c.ownedElsewhere()...)
}

// ownedElsewhere refuses to give a resource another location if another sync now owns the secret at the old one: the
// engine would delete that secret.
func (c Change) ownedElsewhere() []string {
	var reasons []string
	for _, id := range slices.Sorted(maps.Keys(c.Lost)) {
		if owner := c.Owners[id]; owner != "" {
			reasons = append(reasons, fmt.Sprintf("%s belongs to %s now, and would be deleted, because its key gets "+
				"another location here: nothing was changed. Exclude the key for one run, which stops managing it and "+
				"deletes nothing", id, owner))
		}
	}
	return reasons
}

// Moved returns why a run or a destroy must not continue in another account, or "" if it may. The state describes
// secrets in the old account. Applied to another account of the same platform, it would change or delete secrets of
// other owners that happen to have the same names. An unknown account passes.
func Moved(before, now string) string {
	platform, _, known := strings.Cut(before, " ")
	next, _, _ := strings.Cut(now, " ")
	if !known || platform != next || before == now {
		return ""
	}
	return fmt.Sprintf("this target has pushed to %s until now, but its configuration or credentials lead to %s: "+
		"nothing was changed. To stay, undo that before the next run and before any destroy. To move, push from another "+
		"stack, which for an EscSync is another stackName: the secrets stay where they are and are pushed to the new "+
		"account as well", before, now)
}

// anotherKind returns why a value of a different kind is not pushed. The default mapping would change with it, and so
// would the names or the form of the secrets, although nobody changed the program.
func (c Change) anotherKind() string {
	if c.OldKind == "" || c.Kind == "" || c.OldKind == c.Kind {
		return ""
	}
	now, before := "an object or a list", "a text"
	if c.Kind == KindText {
		now, before = before, now
	}
	return fmt.Sprintf("the value was %s and is now %s%s. Set mapping to say how to push it, or change the value "+
		"back", before, now, c.unchanged())
}

func named(settings string) string {
	if settings == "" {
		return "defaults"
	}
	return settings
}

func (c Change) refuse(id, found string) string {
	switch {
	case c.AdoptionPolicy == AdoptAll || (c.AdoptionPolicy == AdoptOwned && found == Owned):
		return ""
	case c.AdoptionPolicy == AdoptNever:
		return "exists on the platform, and adoptionPolicy is Never: delete it, choose another name, or set another " +
			"adoptionPolicy"
	case found == Untagged:
		return "exists on the platform, which cannot say who owns it: set adoptionPolicy to All to adopt it and " +
			"overwrite its value, or choose another name"
	case c.Owners[id] != "":
		return "exists on the platform and belongs to " + c.Owners[id] + ": choose another name. To hand it over, set " +
			"deletionPolicy to Retain there, remove it there, and set adoptionPolicy to All here, in this order"
	default:
		return "exists on the platform and does not belong to this sync: set adoptionPolicy to All to adopt it and " +
			"overwrite its value, or choose another name"
	}
}

// removals refuses to delete secrets in the run that changes the policy, as removals follow the policy of the previous
// run. It also refuses that in a run that changes the type of the resources to or from one that the user chose: it may
// stand for the same secrets, which the run would write and then delete.
func (c Change) removals() []string {
	lost := c.lost(slices.Values(c.OldDeletable))
	switch {
	case len(lost) == 0:
		return nil
	case c.OldPolicy != c.Policy:
		return []string{fmt.Sprintf("a new deletionPolicy or retainKeys applies from the next run on, so this run would "+
			"still delete %s%s. Change the policy first, and remove the keys in the next run", firstFew(lost), c.unchanged())}
	case c.OldType != c.Type:
		return []string{fmt.Sprintf("the new destination may write the same secrets under other names, and this run "+
			"would then delete %s%s. Set deletionPolicy to Retain first, and change the destination in the next run: what "+
			"is no longer pushed then stays", firstFew(lost), c.unchanged())}
	}
	return nil
}

const shown = 5

// lost returns the ids that the run stops managing, sorted.
func (c Change) lost(ids iter.Seq[string]) []string {
	var lost []string
	for id := range ids {
		_, stays := c.New[id]
		if object, whole := strings.CutSuffix(id, All); whole {
			stays = slices.ContainsFunc(slices.Collect(maps.Keys(c.New)), func(id string) bool {
				return strings.HasPrefix(id, object+"/")
			})
		}
		if !stays {
			lost = append(lost, id)
		}
	}
	slices.Sort(lost)
	return lost
}

// firstFew lists the first few ids.
func firstFew(ids []string) string {
	text := strings.Join(ids[:min(shown, len(ids))], ", ")
	if len(ids) > shown {
		text += fmt.Sprintf(" and %d more", len(ids)-shown)
	}
	return text
}

func (c Change) deletionLimit() []string {
	lost := c.lost(maps.Keys(c.Old))
	most := c.Allowed.Of(len(c.Old))
	if len(lost) <= most {
		return nil
	}
	return []string{fmt.Sprintf("refusing to remove %d of %d secrets, as maxDeletions allows %d%s. To allow it once, "+
		"set maxDeletions to %d. They are %s",
		len(lost), len(c.Old), most, c.unchanged(), len(lost), firstFew(lost))}
}

// unchanged returns a suffix for reasons that says what happened to the platform.
func (c Change) unchanged() string {
	if c.Foreseen {
		return ""
	}
	return ": nothing was changed"
}
