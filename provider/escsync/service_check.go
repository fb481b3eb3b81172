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

// stored is the definition that a sync's environment has now, as the service finds it.
type stored struct {
	// mayExist is false where it is certain that there is none: the sync is about to be made.
	mayExist bool
	// unknown says that the service did not tell what is wrong with it.
	unknown     bool
	diagnostics []deployments.Diagnostic
}

// had says whether a definition had a fault already, so that it is not this change that brings it. Where that is not
// known it may have: an import that has broken since must not keep anybody from the changes that mend a sync or end it.
func (s stored) had(fault deployments.Diagnostic) bool {
	return s.mayExist && (s.unknown || slices.ContainsFunc(s.diagnostics, func(d deployments.Diagnostic) bool {
		return d.Summary == fault.Summary && withoutIndexes(d.Path) == withoutIndexes(fault.Path)
	}))
}

var index = regexp.MustCompile(`\[\d+\]`)

// withoutIndexes is a path that stays as it is when something before it in a list goes.
func withoutIndexes(path string) string { return index.ReplaceAllString(path, "[]") }

// checkService has the service evaluate the definition with the caller's rights: only it knows what is imported. A
// fault that the sync has already is a warning. What this very program is about to make or change, the service cannot
// know at preview: there every finding is a warning.
func checkService(
	req p.ConstructRequest, completed property.Map, inquiry *run.Inquiry, before func() stored,
) (served, error) {
	organization, text := completed.Get("organization"), completed.Get("definition")
	if !organization.IsString() || !text.IsString() {
		return served{}, nil // known when it is made
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
