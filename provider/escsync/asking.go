package escsync

import (
	"context"
	"slices"
	"sync"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/inputs"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// asking is what an operation has learnt of the service: what has been said of it already, and whether it is worth
// asking again.
type asking struct {
	lock sync.Mutex
	told map[string]bool
	slow bool
}

// once says whether a text has not been said yet.
func (a *asking) once(text string) bool {
	a.lock.Lock()
	defer a.lock.Unlock()
	before := a.told[text]
	if a.told == nil {
		a.told = map[string]bool{}
	}
	a.told[text] = true
	return !before
}

// failed warns once of a question that was not answered.
func (a *asking) failed(ctx context.Context, err error) {
	if a.once(err.Error()) {
		p.GetLogger(ctx).Warningf("what is imported could not be checked: %s", err)
	}
}

// giveUp asks no more of a service that does not answer in time: syncs that wait for each other would each wait for it.
func (a *asking) giveUp() {
	a.lock.Lock()
	defer a.lock.Unlock()
	a.slow = true
}

func (a *asking) givenUp() bool {
	a.lock.Lock()
	defer a.lock.Unlock()
	return a.slow
}

// inquire begins to ask; nil where there is no use in it.
func (a *asking) inquire(ctx context.Context) *run.Inquiry {
	if a.givenUp() {
		return nil
	}
	inquiry, err := run.Inquire(ctx)
	if err != nil {
		a.failed(ctx, err)
		return nil
	}
	return inquiry
}

// check plans with all that can be known: what the program gives, what the service finds in the definition and, at
// preview, what the target stack holds and which approvals are needed. The service is asked all of it side by side, and
// nothing stops a preview where it does not answer.
func (a *asking) check(
	ctx context.Context, req p.ConstructRequest, completed inputs.Result, platform target.Platform,
) targetPlan {
	planned := checkTarget(req, platform, served{})
	inquiry := a.inquire(ctx)
	if inquiry == nil {
		return planned
	}
	defer inquiry.End()
	lastRun := make(chan property.Map, 1)
	go func() { lastRun <- readInventory(req, completed, inquiry) }()
	gates := make(chan problem.List, 1)
	go func() { gates <- warnOfGates(req, completed.Inputs, inquiry) }()
	before := sync.OnceValue(func() stored { return readStored(completed.Inputs, inquiry) })
	served, err := checkService(req, completed.Inputs, inquiry, before)
	if err != nil {
		a.failed(ctx, err)
	}
	if served.answered {
		planned = refine(planned, checkTarget(req, platform, served), before)
	}
	planned.problems.AddMissing(served.problems)
	planned.warnings = append(planned.warnings, served.warnings...)
	planned.warnings = append(planned.warnings, planned.foreseen(<-lastRun)...)
	planned.warnings = append(planned.warnings, <-gates...)
	if inquiry.Slow() {
		a.giveUp()
	}
	return planned
}

// refine replaces a plan by the one that is made with what the service knows. What is wrong with that alone comes of
// what is imported: a fault where the sync is about to be made, and a warning where it exists, as that may have changed
// since. The run is where it counts.
func refine(known, imported targetPlan, before func() stored) targetPlan {
	var more problem.List
	for _, found := range imported.problems {
		if !slices.Contains(known.problems, found) {
			more = append(more, found)
		}
	}
	imported.problems = known.problems
	switch {
	case len(more) == 0:
	case before().mayExist:
		imported.warnings = append(imported.warnings, more...)
	default:
		imported.problems.AddMissing(more)
	}
	return imported
}
