package target

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// lookupWidth is the number of concurrent lookups, low enough for the read limits of every platform.
const lookupWidth = 8

// fewestListed is the number of secrets from which a list is read first. For fewer, single lookups cost no more.
const fewestListed = 10

// LookupListed is LookupEach, but skips the lookup of secrets that a list from the platform shows as ours, by name.
// Lists can lag by minutes, so nothing else in a list is trusted: an unlisted secret may exist, and may belong to
// another owner. A listed secret may also have been adopted elsewhere since. So lists are used only under Retain,
// where nothing is deleted because of them. If the platform refuses to list, every secret is looked up.
func (r *Registration) LookupListed(
	list func(*Registration) (map[string]Existing, error), absent []string, ask func(Item) (Existing, error),
) (map[string]Existing, error) {
	var listed map[string]Existing
	if r.Request.Policy.Retain && len(r.plan.Items) >= fewestListed {
		var err error
		if listed, err = list(r); err != nil {
			_ = r.Ctx.Log.Debug("listing the sync's own secrets: "+err.Error(), nil)
		}
	}
	return r.LookupEach(absent, func(item Item) (Existing, error) {
		if e := listed[item.Name]; e.Owner == inventory.Owned {
			return e, nil
		}
		return ask(item)
	})
}

// LookupEach looks up every item, whether pushed or lost, with ask.
//
// The providers' functions fail if nothing is found, and only the text of the error arrives here. absent are the
// texts that the platform's provider uses for "not found"; case is ignored. Any other error stops the run, because
// continuing could overwrite what exists.
func (r *Registration) LookupEach(
	absent []string, ask func(Item) (Existing, error),
) (map[string]Existing, error) {
	var (
		lock  sync.Mutex
		wait  sync.WaitGroup
		errs  []error
		found = map[string]Existing{}
		slots = make(chan struct{}, lookupWidth)
	)
	for _, item := range slices.Concat(r.plan.Items, r.lost) {
		wait.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wait.Done() }()
			e, err := ask(item)
			lock.Lock()
			defer lock.Unlock()
			switch {
			case err == nil && e != Existing{}:
				r.Find(found, item, e)
			case err != nil && !mentions(err, absent):
				errs = append(errs, Asked(fmt.Sprintf("looking up %s on the platform", item.Name), err))
			}
		}()
	}
	wait.Wait()
	return found, errors.Join(errs...)
}

func mentions(err error, words []string) bool {
	text := strings.ToLower(err.Error())
	for _, word := range words {
		if strings.Contains(text, strings.ToLower(word)) {
			return true
		}
	}
	return false
}

// OwnershipTag returns the sync's ownership tag in the platform's form, or nil if the platform stores none.
func (r *Registration) OwnershipTag() map[string]string {
	tag := r.Request.Platform.Ownership
	if tag.Key == "" {
		return nil
	}
	return map[string]string{tag.Key: tag.Value(r.Request.SyncID)}
}

// OwnershipTags returns the tag values that mark a secret as owned by this sync: first the current value, then former
// ones.
func (r *Registration) OwnershipTags() []string {
	tag := r.Request.Platform.Ownership
	values := []string{tag.Value(r.Request.SyncID)}
	for _, id := range r.Request.FormerIDs {
		values = append(values, tag.Value(id))
	}
	return values
}

// Tagged returns an existing secret with these tags. importID adopts it.
func (r *Registration) Tagged(importID string, tags map[string]string) Existing {
	return r.WithOwnershipTag(importID, tags[r.Request.Platform.Ownership.Key])
}

// WithOwnershipTag returns an existing secret with this value of the ownership tag; "" means untagged.
func (r *Registration) WithOwnershipTag(importID, tag string) Existing {
	if slices.Contains(r.OwnershipTags(), tag) {
		return Existing{ImportID: importID, Owner: inventory.Owned}
	}
	return Existing{ImportID: importID, Owner: inventory.NotOwned, Sync: tag}
}
