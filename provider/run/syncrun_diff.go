package run

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sort"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/walk"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// stackNames are the properties that name the target stack.
var stackNames = []string{"organization", "project", "stack"}

// diffedSyncRun decides on the properties as they come over the wire whether a run starts: typed inputs make an unknown
// trigger a null, which need not differ from what was.
type diffedSyncRun struct {
	infer.InferredResource

	run *SyncRun
}

// Diff tells whether a run starts or is followed, and why: the trigger that changed, or how the last run ended. Where
// neither happens, it warns of a run that failed since.
func (r diffedSyncRun) Diff(ctx context.Context, req p.DiffRequest) (p.DiffResponse, error) {
	// The engine has put the old value in the place of a single trigger already.
	if slices.Contains(req.IgnoreChanges, "triggers") {
		req.Inputs = req.Inputs.Set("triggers", req.OldInputs.Get("triggers"))
	}
	changes := map[string]p.PropertyDiff{}
	for _, name := range stackNames {
		if !plainEqual(req.State.Get(name), req.Inputs.Get(name)) {
			changes[name] = p.PropertyDiff{Kind: p.UpdateReplace, InputDiff: true}
		}
	}
	wasSuspended, suspended := req.OldInputs.Get("suspended"), req.Inputs.Get("suspended")
	if isTrue(wasSuspended) != isTrue(suspended) || suspended.IsComputed() {
		changes["suspended"] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
	}
	var triggers []string
	var last string
	var planned plannedChange
	if !isTrue(suspended) {
		planned = plannedChanges(req.OldInputs.Get("secrets"), req.Inputs.Get("secrets"))
		triggers = changedTriggers(req.OldInputs.Get("triggers"), req.Inputs.Get("triggers"))
		last = lastRunDiffers(req.State)
	}
	for _, name := range triggers {
		changes["triggers"+keyPath(name)] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
	}
	maps.Copy(changes, planned.diff())
	if last != "" {
		changes["status"] = p.PropertyDiff{Kind: p.Update}
	}
	if why := cmp.Or(planned.text(isTrue(req.Inputs.Get("retained"))), reason(triggers, last)); why != "" {
		p.GetLogger(ctx).InfoStatus(why)
	}
	if len(changes) == 0 && !isTrue(suspended) {
		r.run.warnOfLaterFailure(ctx, stackOf(req.State), versionOf(req.State))
	}
	return p.DiffResponse{HasChanges: len(changes) > 0, DetailedDiff: changes}, nil
}

// stackOf is the target stack that a state is about.
func stackOf(state property.Map) deployments.Stack {
	text := func(name string) string {
		if v := state.Get(name); v.IsString() {
			return v.AsString()
		}
		return ""
	}
	return deployments.Stack{Organization: text("organization"), Project: text("project"), Name: text("stack")}
}

// versionOf is the number of the run that a state knows, 0 for none.
func versionOf(state property.Map) int {
	if v := state.Get("version"); v.IsNumber() {
		return int(v.AsNumber())
	}
	return 0
}

func isTrue(v property.Value) bool { return v.IsBool() && v.AsBool() }

// Update shows all that a run tells as unknown at preview, unless suspended, when none starts. The framework compares
// an input with the state to decide on that, and the state has no triggers.
func (r diffedSyncRun) Update(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	response, err := r.InferredResource.Update(ctx, req)
	if err != nil || !req.DryRun || isTrue(req.Inputs.Get("suspended")) {
		return response, err
	}
	for name, value := range response.Properties.All {
		if !slices.Contains(stackNames, name) {
			unknown := property.New(property.Computed).WithSecret(value.Secret())
			response.Properties = response.Properties.Set(name, unknown)
		}
	}
	return response, nil
}

// lastRunDiffers says what is left of the last run, or nothing if it may rest.
func lastRunDiffers(state property.Map) string {
	status := state.Get("status")
	switch {
	case isTrue(state.Get("pending")):
		return "the last run is followed to its end"
	case status.IsString() && mustRepeat(status.AsString()):
		return "a run starts: the last is " + status.AsString()
	}
	return ""
}

// reason says why a run starts. Names of triggers are not secret.
func reason(triggers []string, last string) string {
	if len(triggers) > 0 {
		return "a run starts: " + strings.Join(triggers, ", ") + " changed"
	}
	return last
}

// changedTriggers names the triggers that differ; where the whole map is unknown, that is one called "triggers".
func changedTriggers(before, after property.Value) []string {
	if after.IsComputed() {
		return []string{"triggers"}
	}
	old, current := mapOf(before), mapOf(after)
	var changed []string
	for name, value := range current.All {
		if was, ok := old.GetOk(name); !ok || !plainEqual(was, value) {
			changed = append(changed, name)
		}
	}
	for name := range old.All {
		if _, ok := current.GetOk(name); !ok {
			changed = append(changed, name)
		}
	}
	sort.Strings(changed)
	return changed
}

func mapOf(v property.Value) property.Map {
	if v.IsMap() {
		return v.AsMap()
	}
	return property.Map{}
}

// plainEqual compares values, whether they are marked secret or not. An unknown value equals none.
func plainEqual(a, b property.Value) bool {
	if a.HasComputed() || b.HasComputed() {
		return false
	}
	return withoutSecrets(a).Equals(withoutSecrets(b))
}

// withoutSecrets takes the marks off a value and all in it.
func withoutSecrets(v property.Value) property.Value {
	return walk.Map(v, func(v property.Value) (property.Value, bool) {
		return v.WithSecret(false).WithDependencies(nil), true
	})
}

// keyPath is the path of a key below a map.
func keyPath(name string) string {
	if name == "triggers" {
		return ""
	}
	return quotedKey(name)
}

func quotedKey(name string) string { return `["` + strings.ReplaceAll(name, `"`, `\"`) + `"]` }
