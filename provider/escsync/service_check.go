package escsync

import (
	"regexp"
	"slices"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/walk"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
)

// served is what the service knows about a definition and the program does not.
type served struct {
	// answered reports whether the service evaluated the definition.
	answered bool
	// shape is the shape of the pushed value, as far as it is known.
	shape definition.Shape
	// references are the references inside the pushed texts.
	references         []payload.Reference
	problems, warnings problem.List
}

// stored is what the service reports about the definition that a sync's environment has now.
type stored struct {
	// mayExist is false only if the environment certainly does not exist, so that this update creates the sync.
	mayExist bool
	// unknown reports whether the service gave no diagnostics.
	unknown     bool
	diagnostics []deployments.Diagnostic
}

// had reports whether the stored definition has, or may have, the same fault already. If the service did not answer, it
// may: an import that broke earlier must not block the change that fixes or removes the sync.
func (s stored) had(fault deployments.Diagnostic) bool {
	return s.mayExist && (s.unknown || slices.ContainsFunc(s.diagnostics, func(d deployments.Diagnostic) bool {
		return d.Summary == fault.Summary && withoutIndexes(d.Path) == withoutIndexes(fault.Path)
	}))
}

var index = regexp.MustCompile(`\[\d+\]`)

// withoutIndexes drops list indexes from a path, so that removing an earlier item does not change it.
func withoutIndexes(path string) string { return index.ReplaceAllString(path, "[]") }

// checkService lets the service evaluate the definition with the caller's rights, because only the service knows the
// imports. A fault that the stored definition has already is a warning. At preview every fault is a warning if this
// program may still create or change an import, which the service cannot know yet.
func checkService(
	req p.ConstructRequest, completed property.Map, inquiry *run.Inquiry, before func() stored,
) (served, error) {
	organization, text := completed.Get("organization"), completed.Get("definition")
	if !organization.IsString() || !text.IsString() {
		return served{}, nil // known during the update
	}
	checked, err := inquiry.Check(organization.AsString(), text.AsString())
	if err != nil {
		return served{}, err
	}
	source := ""
	if given := req.Inputs.Get("definition"); given.IsString() {
		source = given.AsString()
	}
	var findings []definition.Finding
	awaits := importsAreMadeHere(req)
	for _, d := range checked.Diagnostics {
		found := definition.Finding{Path: d.Path, Summary: d.Summary, Awaits: awaits}
		if d.Range != nil {
			found.Line, found.Column = d.Range.Begin.Line, d.Range.Begin.Column
			if strings.Contains(d.Range.Environment, "/") { // the definition itself has no such name yet
				found.Environment = d.Range.Environment
			}
		}
		found.Warning = !checked.Refused || d.Severity == "warning" || before().had(d)
		findings = append(findings, found)
	}
	result := served{
		answered: !checked.Refused,
		shape:    definition.ShapeOf(checked.Expressions), references: definition.ReferencesOf(checked.Expressions),
	}
	result.problems, result.warnings = definition.Found(text.AsString(), source, findings)
	return result.judged(req.DryRun && awaits, run.InsideDeployments()), nil
}

// readStored asks the service about the definition that the environment has now.
func readStored(completed property.Map, inquiry *run.Inquiry) stored {
	environment := ownEnvironment(completed)
	if environment == nil {
		return stored{mayExist: true, unknown: true}
	}
	checked, exists, err := inquiry.CheckStored(*environment)
	return stored{mayExist: exists || err != nil, unknown: err != nil, diagnostics: checked.Diagnostics}
}

// judged turns problems into warnings that must not fail the operation. At preview these are all problems that the
// program itself may still resolve. In a deployment these are imports that its token cannot open: it does not need them
// if nothing has changed.
func (s served) judged(mayChange, inDeployment bool) served {
	unreadable := slices.ContainsFunc(s.problems, func(p problem.Problem) bool {
		return strings.HasPrefix(strings.TrimPrefix(p.Path.String(), "definition."), "imports")
	})
	if mayChange || inDeployment && unreadable {
		return served{warnings: append(s.warnings, s.problems...)}
	}
	return s
}

// importsAreMadeHere reports whether the sync depends on resources of this program that may be its imports.
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
