package target

import (
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// Foresee returns why a run of the plan would be refused, as far as the last run's Inventory outputs show. What
// exists on the platform, and which account a run would push to, is only known in the run.
func (r Request) Foresee(plan Plan, outputs property.Map) []string {
	last := recorded(outputs)
	now := Registration{Request: r, plan: plan}
	change := inventory.Change{
		Old: last.Secrets, OldDeletable: last.Deletable, OldPolicy: last.Policy,
		New: map[string]string{}, Policy: r.Policy.text(), OldType: last.Type, Type: plan.Type,
		AdoptionPolicy: string(r.Policy.AdoptionPolicy), Allowed: r.Policy.MaxDeletions, Foreseen: true,
	}
	if r.Value.Kind != document.Unknown {
		change.OldKind, change.Kind = last.Kind, r.kind()
	}
	for _, item := range now.plan.Items {
		change.New[item.identity(r.Platform.Name)] = item.Immutable
	}
	return change.Check()
}
