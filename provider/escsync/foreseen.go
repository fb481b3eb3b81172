package escsync

import (
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/escsync/inputs"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// readInventory returns the names that the last run recorded in the target stack, without values. It is empty if no run
// has recorded any, outside a preview, and for a program of the user's own.
func readInventory(req p.ConstructRequest, completed inputs.Result, inquiry *run.Inquiry) (property.Map, error) {
	if !req.DryRun || !runsBuiltIn(completed.Inputs) || completed.Platform == definition.Custom {
		return property.Map{}, nil
	}
	organization, name := completed.Inputs.Get("organization"), completed.Inputs.Get("stackName")
	if !organization.IsString() || !name.IsString() {
		return property.Map{}, nil
	}
	stack := deployments.Stack{Organization: organization.AsString(), Project: inputs.TargetProject, Name: name.AsString()}
	found, err := inquiry.Outputs(stack, target.InventoryToken)
	if err != nil || len(found) != 1 {
		return property.Map{}, err
	}
	return found[0], nil
}

// foreseen warns if the run would be refused. It needs all names that the run will push, so otherwise it is silent.
func (t targetPlan) foreseen(inventory property.Map) problem.List {
	var warnings problem.List
	if t.settled && len(t.problems) == 0 {
		for _, reason := range t.request.Foresee(t.plan, inventory) {
			warnings.Add(problem.At("destination"), "the run would be refused: %s", reason)
		}
	}
	return warnings
}
