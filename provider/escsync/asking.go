package escsync

import (
	"context"
	"maps"
	"slices"
	"strings"
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

// unchecked are questions of which some were not answered, with the reason for each of those.
type unchecked map[string]error

// What is asked of the service.
const (
	whatIsImported = "what is imported"
	whatWasPushed  = "what the last run pushed"
	whatIsApproved = "which approvals are needed"
)

// text is one line that names what could not be checked, a reason once.
func (u unchecked) text() string {
	questions := map[string][]string{}
	for question, err := range u {
		questions[err.Error()] = append(questions[err.Error()], question)
	}
	var parts []string
	for reason, all := range questions {
		slices.Sort(all)
		parts = append(parts, strings.Join(all, ", ")+" ("+reason+")")
	}
	slices.Sort(parts)
	return "could not be checked: " + strings.Join(parts, "; ")
}

// news are the questions of which it has not been said yet that they failed.
func (a *asking) news(asked unchecked) unchecked {
	maps.DeleteFunc(asked, func(question string, err error) bool { return err == nil || !a.once(question) })
	return asked
}

// failed warns of questions that were not answered.
func (a *asking) failed(ctx context.Context, asked unchecked) {
	if news := a.news(asked); len(news) > 0 {
		p.GetLogger(ctx).Warning(news.text())
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
func (a *asking) inquire(ctx context.Context, preview bool) *run.Inquiry {
	if a.givenUp() {
		return nil
	}
	inquiry, err := run.Inquire(ctx)
	if err != nil {
		failed := unchecked{whatIsImported: err}
		if preview {
			failed[whatWasPushed], failed[whatIsApproved] = err, err
		}
		a.failed(ctx, failed)
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
	inquiry := a.inquire(ctx, req.DryRun)
	if inquiry == nil {
		return planned
	}
	defer inquiry.End()
	var side sync.WaitGroup
	var lastRun property.Map
	var gates problem.List
	var lastErr, gatesErr error
	side.Go(func() { lastRun, lastErr = readInventory(req, completed, inquiry) })
	side.Go(func() { gates, gatesErr = warnOfGates(req, completed.Inputs, inquiry) })
	before := sync.OnceValue(func() stored { return readStored(completed.Inputs, inquiry) })
	served, err := checkService(req, completed.Inputs, inquiry, before)
	if served.answered {
		planned = refine(planned, checkTarget(req, platform, served), before)
	}
	planned.problems.AddMissing(served.problems)
	planned.warnings = append(planned.warnings, served.warnings...)
	side.Wait()
	a.failed(ctx, unchecked{whatIsImported: err, whatWasPushed: lastErr, whatIsApproved: gatesErr})
	planned.warnings = append(planned.warnings, planned.foreseen(lastRun)...)
	planned.warnings = append(planned.warnings, gates...)
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
