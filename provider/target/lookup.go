package target

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// lookupWidth is how many lookups run at once: few enough for the read limits of every platform.
const lookupWidth = 8

// fewestListed is how many secrets are looked up by a list first: for fewer, a question for each costs no more.
const fewestListed = 10

// LookupListed is LookupEach, but for what a list of the platform's says is ours, by name, which is not asked about.
// Lists lag behind, some by minutes, so that nothing else of a list is believed: what it does not have may exist, and
// may be another's. And what is ours in a list may have been taken over since. So a list is used under Retain alone,
// where nothing is deleted for it; and where the platform refuses it, each secret is asked about.
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

// LookupEach asks about every item by itself: those that are pushed, and those that are lost.
//
// The providers' functions fail where nothing is found, and the error that arrives is text. absent holds the words that
// the platform's provider uses for it; any other error stops the run, since going on could overwrite what exists.
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

// OwnershipTag is the tag of the sync, as the platform holds it; nil where it holds none.
func (r *Registration) OwnershipTag() map[string]string {
	tag := r.Request.Platform.Ownership
	if tag.Key == "" {
		return nil
	}
	return map[string]string{tag.Key: tag.Value(r.Request.SyncID)}
}

// OwnershipTags are the values of the tag by which the sync knows its own: first the one that it writes, and then those
// that it had before.
func (r *Registration) OwnershipTags() []string {
	tag := r.Request.Platform.Ownership
	values := []string{tag.Value(r.Request.SyncID)}
	for _, id := range r.Request.FormerIDs {
		values = append(values, tag.Value(id))
	}
	return values
}

// Tagged is a secret that exists with these tags. importID adopts it.
func (r *Registration) Tagged(importID string, tags map[string]string) Existing {
	return r.WithOwnershipTag(importID, tags[r.Request.Platform.Ownership.Key])
}

// WithOwnershipTag is a secret that exists with this ownership tag; "" for one without.
func (r *Registration) WithOwnershipTag(importID, tag string) Existing {
	if slices.Contains(r.OwnershipTags(), tag) {
		return Existing{ImportID: importID, Owner: inventory.Owned}
	}
	return Existing{ImportID: importID, Owner: inventory.NotOwned, Sync: tag}
}
