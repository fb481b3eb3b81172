package escsync

import (
	"cmp"
	"context"
	"sync"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/escsync/naming"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// warnOfGates warns at preview about approvals that will block an update of the sync's environment, or its runs. What
// it cannot find out, the update or the run's log reports.
func warnOfGates(req p.ConstructRequest, completed property.Map, inquiry *run.Inquiry) (problem.List, error) {
	if !req.DryRun {
		return nil, nil
	}
	ctx, client := inquiry.Client()
	found, err := gatesOf(ctx, client, req.Inputs, completed)
	return found, inquiry.Failure(err)
}

// gatesOf returns warnings about the gates of the sync's environment and of those that it imports. It returns an error
// if one of them gives no answer. An environment that does not exist has no gates.
func gatesOf(ctx context.Context, cloud environments, given, completed property.Map) (problem.List, error) {
	var all sync.WaitGroup
	organization, own := completed.Get("organization"), ownEnvironment(completed)
	imported := imports(given)
	found, errs := make([]problem.List, len(imported)+1), make([]error, len(imported)+1)
	if own != nil {
		all.Go(func() { found[0], errs[0] = gatesOfOwn(ctx, cloud, *own, completed.Get("definition")) })
	}
	for i, one := range imported {
		project, name, err := naming.Import(one.reference)
		if err != nil || !organization.IsString() {
			continue
		}
		environment := deployments.Environment{Organization: organization.AsString(), Project: project, Name: name}
		all.Go(func() {
			gates, err := cloud.Gates(ctx, environment)
			if errs[i+1] = err; gates.Open {
				found[i+1].Add(one.at, openGate)
			}
		})
	}
	all.Wait()
	var warnings problem.List
	var unknown error
	for i, list := range found {
		warnings = append(warnings, list...)
		if errs[i] != nil && !deployments.IsNotFound(errs[i]) {
			unknown = cmp.Or(unknown, errs[i])
		}
	}
	return warnings, unknown
}

// openGate does not name the environment, because the imports of a definition may be secret.
const openGate = "opening this environment needs an approval, and a run does not wait for one: it fails unless its " +
	"identity already has a grant. Take the environment out of the ruleset for opens, or have a grant applied before " +
	"each run"

// gatesOfOwn warns about the gates of the sync's own environment: to open it, and to update it if the definition
// changes.
func gatesOfOwn(
	ctx context.Context, cloud environments, environment deployments.Environment, text property.Value,
) (problem.List, error) {
	var warnings problem.List
	at := problem.At("environmentName")
	gates, err := cloud.Gates(ctx, environment)
	if err != nil {
		return nil, err // usually because it does not exist yet
	}
	if gates.Open {
		warnings.Add(at, openGate)
	}
	if !gates.Update || !text.IsString() {
		return warnings, nil
	}
	stored, _, err := cloud.Stored(ctx, environment)
	if err != nil || definition.Same(string(stored), text.AsString()) {
		return warnings, err
	}
	if gates.ChangeRequest != "" {
		warnings.Add(at, "updates of this environment need an approval, and change request %s is open: `pulumi up` "+
			"fails until that is applied or closed", gates.ChangeRequest)
	} else {
		warnings.Add(at, "updates of this environment need an approval: `pulumi up` submits the new definition as a change "+
			"request and fails. Once that is applied, run it again to continue")
	}
	return warnings, nil
}

// ownEnvironment returns the sync's environment, or nil while a part of its name is unknown.
func ownEnvironment(completed property.Map) *deployments.Environment {
	var parts []string
	for _, key := range []string{"organization", "environmentProject", "environmentName"} {
		part := completed.Get(key)
		if !part.IsString() {
			return nil
		}
		parts = append(parts, part.AsString())
	}
	return &deployments.Environment{Organization: parts[0], Project: parts[1], Name: parts[2]}
}

// imported is an environment that a sync imports, and the input that names it.
type imported struct {
	at        problem.Path
	reference string
}

// imports returns the known imports of a sync.
func imports(given property.Map) []imported {
	var all []imported
	if text := given.Get("definition"); text.IsString() {
		for i, name := range definition.Imports(text.AsString()) {
			all = append(all, imported{problem.At("definition").Key("imports").Index(i), name})
		}
	}
	if list := given.Get("imports"); list.IsArray() {
		for i, item := range list.AsArray().All {
			if item.IsString() {
				all = append(all, imported{problem.At("imports").Index(i), item.AsString()})
			}
		}
	}
	return all
}
