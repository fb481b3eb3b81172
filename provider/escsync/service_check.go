package escsync

import (
	"context"
	"slices"
	"strings"
	"sync"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/walk"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
)

// served is what the service knows of a definition that the program does not.
type served struct {
	// answered says that the service has evaluated the definition.
	answered bool
	// shape is that of what is pushed, as far as it is known.
	shape definition.Shape
	// references are those inside the texts of what is pushed.
	references         []payload.Reference
	problems, warnings problem.List
}

// told is what has been said once.
type told struct{ all sync.Map }

func (t *told) once(text string) bool {
	_, before := t.all.LoadOrStore(text, true)
	return !before
}

// checkService has the service evaluate the definition with the caller's rights: only it knows what is imported. What
// this very program is about to make or change, it cannot know at preview: there a finding is a warning.
func (c component) checkService(ctx context.Context, req p.ConstructRequest, completed property.Map) served {
	organization, text := completed.Get("organization"), completed.Get("definition")
	if !organization.IsString() || !text.IsString() {
		return served{} // known when it is made
	}
	checked, err := run.Check(ctx, organization.AsString(), text.AsString())
	if err != nil {
		if said := err.Error(); c.told.once(said) {
			p.GetLogger(ctx).Warningf("what is imported could not be checked: %s", said)
		}
		return served{}
	}
	source := ""
	if given := req.Inputs.Get("definition"); given.IsString() {
		source = given.AsString()
	}
	var errors, warnings []definition.Finding
	for _, d := range checked.Diagnostics {
		found := definition.Finding{Path: d.Path, Summary: d.Summary}
		if d.Range != nil {
			found.Line, found.Column = d.Range.Begin.Line, d.Range.Begin.Column
			if strings.Contains(d.Range.Environment, "/") { // the definition itself has no such name yet
				found.Environment = d.Range.Environment
			}
		}
		if d.Severity == "warning" || !checked.Refused {
			warnings = append(warnings, found)
		} else {
			errors = append(errors, found)
		}
	}
	result := served{
		answered: !checked.Refused,
		shape:    definition.ShapeOf(checked.Expressions), references: definition.ReferencesOf(checked.Expressions),
		problems: definition.Found(text.AsString(), source, errors),
		warnings: definition.Found(text.AsString(), source, warnings),
	}
	return result.judged(req.DryRun && importsAreMadeHere(req), run.InsideDeployments())
}

// judged makes warnings of what need not be a failure: at preview, whatever the program itself may still change; and of
// an import that a deployment's own token may not open, which it need not where nothing has changed.
func (s served) judged(mayChange, inDeployment bool) served {
	unreadable := slices.ContainsFunc(s.problems, func(p problem.Problem) bool {
		return strings.HasPrefix(strings.TrimPrefix(p.Path.String(), "definition."), "imports")
	})
	if mayChange || inDeployment && unreadable {
		return served{warnings: append(s.warnings, s.problems...)}
	}
	return s
}

// importsAreMadeHere says whether the program names resources that the sync waits for, and that may be what it imports.
func importsAreMadeHere(req p.ConstructRequest) bool {
	values := map[urn.URN]bool{}
	for name, input := range req.Inputs.All {
		for v := range walk.All(input) {
			for _, from := range v.Dependencies() {
				if name == "imports" || name == "definition" {
					return true
				}
				values[from] = true
			}
		}
	}
	return slices.ContainsFunc(req.Dependencies, func(from urn.URN) bool { return !values[from] })
}
