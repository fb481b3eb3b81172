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

// inquiries is what one operation remembers about its questions to the service: which warnings it has logged, and
// whether the service is slow.
type inquiries struct {
	lock   sync.Mutex
	logged map[string]bool
	slow   bool
}

// once reports whether it is called with this text for the first time.
func (i *inquiries) once(text string) bool {
	i.lock.Lock()
	defer i.lock.Unlock()
	before := i.logged[text]
	if i.logged == nil {
		i.logged = map[string]bool{}
	}
	i.logged[text] = true
	return !before
}

// unchecked maps a question to the reason why it was not answered, or to nil if it was.
type unchecked map[string]error

// The questions to the service, as the warning names them.
const (
	whatIsImported = "what is imported"
	whatWasPushed  = "what the last run pushed"
	whatIsApproved = "which approvals are needed"
)

// text returns one line that names what could not be checked, grouped by reason.
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

// news returns the failed questions that no warning has named yet.
func (i *inquiries) news(asked unchecked) unchecked {
	maps.DeleteFunc(asked, func(question string, err error) bool { return err == nil || !i.once(question) })
	return asked
}

// failed warns about unanswered questions, each once per operation.
func (i *inquiries) failed(ctx context.Context, asked unchecked) {
	if news := i.news(asked); len(news) > 0 {
		p.GetLogger(ctx).Warning(news.text())
	}
}

// giveUp stops asking a service that is too slow. Syncs that depend on each other would each wait for it in turn.
func (i *inquiries) giveUp() {
	i.lock.Lock()
	defer i.lock.Unlock()
	i.slow = true
}

func (i *inquiries) givenUp() bool {
	i.lock.Lock()
	defer i.lock.Unlock()
	return i.slow
}

// inquire starts an inquiry at the service. It returns nil if that fails, after a warning, or if the service is too
// slow.
func (i *inquiries) inquire(ctx context.Context, preview bool) *run.Inquiry {
	if i.givenUp() {
		return nil
	}
	inquiry, err := run.Inquire(ctx)
	if err != nil {
		failed := unchecked{whatIsImported: err}
		if preview {
			failed[whatWasPushed], failed[whatIsApproved] = err, err
		}
		i.failed(ctx, failed)
		return nil
	}
	return inquiry
}

// check plans with everything known: the program's values, what the service finds in the definition and, at preview,
// the inventory of the target stack and the approvals needed. All questions run in parallel. A service that does not
// answer never fails a preview.
func (i *inquiries) check(
	ctx context.Context, req p.ConstructRequest, completed inputs.Result, platform target.Platform,
) targetPlan {
	planned := checkTarget(req, platform, served{})
	inquiry := i.inquire(ctx, req.DryRun)
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
	i.failed(ctx, unchecked{whatIsImported: err, whatWasPushed: lastErr, whatIsApproved: gatesErr})
	planned.warnings = append(planned.warnings, planned.foreseen(lastRun)...)
	planned.warnings = append(planned.warnings, gates...)
	if inquiry.Slow() {
		i.giveUp()
	}
	return planned
}

// refine replaces the known plan by the one that uses the service's answer. Problems that only the latter has come from
// imports. They fail a sync that does not exist yet. For an existing sync they are warnings, because the imports may
// have changed since its last run.
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
