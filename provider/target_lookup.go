package provider

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/escsync/pulumi-escsync/provider/internal/inventory"
	"github.com/escsync/pulumi-escsync/provider/internal/ownership"
)

// lookUpWidth is how many look-ups run at once: few enough for the read limits of every platform.
const lookUpWidth = 8

// lookUpEach asks about every name by itself.
//
// The providers' functions fail where nothing is found, and the error that arrives is text. absent holds the words that
// the platform's provider uses for it; any other error stops the run, since going on could overwrite what exists.
func (r *registration) lookUpEach(
	absent []string, ask func(name string) (existing, error),
) (map[string]existing, error) {
	var (
		lock  sync.Mutex
		wait  sync.WaitGroup
		errs  []error
		found = map[string]existing{}
		slots = make(chan struct{}, lookUpWidth)
	)
	for _, item := range r.plan.items {
		wait.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wait.Done() }()
			e, err := ask(item.name)
			lock.Lock()
			defer lock.Unlock()
			switch {
			case err == nil && e != existing{}:
				found[item.name] = e
			case err != nil && !mentions(err, absent):
				errs = append(errs, fmt.Errorf("looking up %s on the platform: %w", item.name, err))
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

// marks are the marks by which the sync knows its own, in the form of the platform: its own first, which it writes, and
// those that it had before.
func (r pushRequest) marks(write func(ownership.Mark) string) []string {
	marks := []string{write(ownership.Mark(r.syncID))}
	for _, id := range r.formerIDs {
		marks = append(marks, write(ownership.Mark(id)))
	}
	return marks
}

// whose compares the mark that a secret carries with ours.
func whose(mark string, ours []string) string {
	if slices.Contains(ours, mark) {
		return inventory.Owned
	}
	return inventory.Foreign
}
