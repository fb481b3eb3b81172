// Package inventory decides whether a run may go on, from what a target pushed before, what it is about to push, and
// what already exists on the platform.
package inventory

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// What a look-up found under a name.
const (
	// Owned has the ownership tag of this sync.
	Owned = "owned"
	// NotOwned does not have it.
	NotOwned = "notOwned"
	// Untagged is on a platform that has no ownership tags.
	Untagged = "untagged"
)

// What may be adopted, as it is spelled in settings.
const (
	AdoptOwned = "Owned"
	AdoptNever = "Never"
	AdoptAll   = "All"
)

// All is the end of an identity that stands for all of a platform's object, which goes when nothing in it is left. No
// platform has names that end so.
const All = "/*"

// The kinds of a value, as far as the default mapping depends on them.
const (
	// KindText is a string, a number or a boolean.
	KindText = "text"
	// KindObject is an object or a list.
	KindObject = "object"
)

// Change is a run about to start.
type Change struct {
	// Old and New hold, by identity ("platform/place/name"), what cannot be changed about a secret once it exists.
	// Old is empty on the first run.
	Old, New map[string]string
	// OldDeletable are the identities of Old that the platform loses with their key: neither the deletion policy nor
	// retainKeys kept them then.
	OldDeletable []string
	// OldPolicy and Policy are the deletion policy with its retainKeys, in any form that changes with them.
	OldPolicy, Policy string
	// OldKind and Kind say of which kind the value was and is, KindText or KindObject; "" where the mapping was given and
	// does not follow from it.
	OldKind, Kind string
	// OldAccount and Account are where Old is and New would be, such as "Vault at https://vault:8200". The first word
	// names the platform. "" for an account that is not known.
	OldAccount, Account string
	// Found holds, by identity, what exists on the platform, of the names in New; a platform without look-up finds
	// nothing.
	Found map[string]string
	// Lost holds, by identity, the key of what the stack still holds and does not push any more.
	Lost map[string]string
	// Owners holds, by identity, the ownership tag of another sync on a secret of New, or on one of Lost that would be
	// deleted.
	Owners map[string]string
	// AdoptionPolicy is what may be taken over.
	AdoptionPolicy string
	// Allowed is how many secrets may be let go of.
	Allowed Allowance
	// Foreseen says that no run is about to start, so that there is no need to say that nothing was changed.
	Foreseen bool
}

// Check returns every reason to refuse the change, sorted, each with what the user can do.
func (c Change) Check() []string {
	if why := Moved(c.OldAccount, c.Account); why != "" {
		return []string{why}
	}
	if why := c.anotherKind(); why != "" {
		return []string{why}
	}
	reasons := append(c.deletionLimit(), c.lateRetention()...)
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
		// What is known was judged when it came into the inventory.
		if found, exists := c.Found[id]; exists && !known {
			if why := c.refuse(id, found); why != "" {
				reasons = append(reasons, id+" "+why)
			}
		}
	}
	return append(reasons, c.taken()...)
}

// taken refuses to give a resource another location when what it had before belongs to another sync now: the engine
// would delete that.
func (c Change) taken() []string {
	var reasons []string
	for _, id := range slices.Sorted(maps.Keys(c.Lost)) {
		if owner := c.Owners[id]; owner != "" {
			reasons = append(reasons, fmt.Sprintf("%s belongs to %s now, and would be deleted, as its key gets another "+
				"location here: nothing was changed. Exclude the key for one run, which stops managing it and deletes "+
				"nothing", id, owner))
		}
	}
	return reasons
}

// Moved says why a run or a destroy must not go on in another place than before, "" if it may. The platform is the same
// and the place on it is not: what the state tells of one place then holds for another, and a secret of somebody else
// that has the same name would be changed or deleted. A place that is not known is not held to.
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

// anotherKind says why a value that has changed its kind is not pushed: another mapping would follow from it, with
// other names or another form, and no change of the program has asked for that.
func (c Change) anotherKind() string {
	if c.OldKind == "" || c.Kind == "" || c.OldKind == c.Kind {
		return ""
	}
	now, before := "an object or a list", "a text"
	if c.Kind == KindText {
		now, before = before, now
	}
	return fmt.Sprintf("the value is %s now and was %s%s. Set mapping to say how to push it, or change the value "+
		"back", now, before, c.unchanged())
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

// lateRetention refuses to remove secrets in the run in which the policy changes: what a run removes falls under the
// policy of the run before, whatever the new one says.
func (c Change) lateRetention() []string {
	lost := c.lost(slices.Values(c.OldDeletable))
	if len(lost) == 0 || c.OldPolicy == c.Policy {
		return nil
	}
	return []string{fmt.Sprintf("a new deletionPolicy or retainKeys applies from the next run on, so this run would "+
		"still delete %s%s. Change the policy first, and remove the keys in the next run", some(lost), c.unchanged())}
}

const shown = 5

// lost returns those that are let go of, sorted.
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

// some names the first few.
func some(ids []string) string {
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
		len(lost), len(c.Old), most, c.unchanged(), len(lost), some(lost))}
}

// unchanged says, of a run that is refused, what became of the platform.
func (c Change) unchanged() string {
	if c.Foreseen {
		return ""
	}
	return ": nothing was changed"
}
