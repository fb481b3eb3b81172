package run

import (
	"context"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"

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
	// replaced are, by URN, what was said of those to be replaced: the engine creates them as if they were new.
	replaced *sync.Map
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
	otherStack := len(changes) > 0
	wasSuspended, suspended := req.OldInputs.Get("suspended"), req.Inputs.Get("suspended")
	if isTrue(wasSuspended) != isTrue(suspended) || suspended.IsComputed() {
		changes["suspended"] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
	}
	var triggers []string
	var last string
	if !isTrue(suspended) {
		triggers = changedTriggers(req.OldInputs.Get("triggers"), req.Inputs.Get("triggers"))
		last = lastRunDiffers(req.State)
	}
	for _, name := range triggers {
		changes["triggers"+keyPath(name)] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
	}
	if last != "" {
		changes["status"] = p.PropertyDiff{Kind: p.Update}
	}
	var planned plannedChange
	if len(changes) > 0 && !isTrue(suspended) {
		planned = plannedChanges(pushedOf(req.State), pushedOf(req.Inputs), otherStack)
	}
	if byName := planned.diff(); len(byName) > 0 {
		delete(changes, "triggers"+keyPath(DefinitionTrigger)) // the names say what it means
		maps.Copy(changes, byName)
	}
	why := reason(triggers, last, planned)
	if why != "" {
		p.GetLogger(ctx).InfoStatus(why)
	}
	if otherStack {
		r.replaced.Store(req.Urn, why)
	}
	if len(changes) == 0 && !isTrue(suspended) {
		r.run.warnOfLaterFailure(ctx, stackOf(req.State), versionOf(req.State))
	}
	return p.DiffResponse{HasChanges: len(changes) > 0, DetailedDiff: changes}, nil
}

// DefinitionTrigger is the trigger that changes with whatever a run pushes: a preview leaves it out where it shows what
// changes by name.
const DefinitionTrigger = "definition"

// Create says at preview what the first run will do.
func (r diffedSyncRun) Create(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	if req.DryRun && !isTrue(req.Properties.Get("suspended")) {
		why := firstRun(req.Properties).text()
		if told, replaced := r.replaced.Load(req.Urn); replaced {
			why = told.(string)
		}
		if why != "" {
			p.GetLogger(ctx).InfoStatus(why)
		}
	}
	return r.InferredResource.Create(ctx, req)
}

// stackOf is the target stack that a state is about.
func stackOf(state property.Map) deployments.Stack {
	return deployments.Stack{
		Organization: textOf(state, "organization"), Project: textOf(state, "project"), Name: textOf(state, "stack"),
	}
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
// an input with the state to decide on that: the state has no triggers, and its secrets are those of the last run.
func (r diffedSyncRun) Update(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	if req.DryRun && isTrue(req.Inputs.Get("suspended")) {
		return p.UpdateResponse{Properties: req.State}, nil
	}
	response, err := r.InferredResource.Update(ctx, req)
	if err != nil || !req.DryRun {
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
		return "a run starts: the last one has the status " + status.AsString()
	}
	return ""
}

// reason says what a run that starts will do, or else why it does. Names of triggers are not secret.
func reason(triggers []string, last string, planned plannedChange) string {
	byName := planned.text()
	switch {
	case byName != "" && last != "":
		return last + "; " + byName
	case byName != "":
		return byName
	case len(triggers) > 0:
		return "a run starts: " + strings.Join(triggers, ", ") + " changed"
	}
	return last
}

// changedTriggers names the triggers that differ; where the whole map is unknown, that is one called "triggers".
func changedTriggers(before, after property.Value) []string {
	if after.IsComputed() {
		return []string{"triggers"}
	}
	return changedKeys(mapOf(before), mapOf(after))
}

// changedKeys are the keys of the values that differ, sorted. An unknown value does.
func changedKeys(old, current property.Map) []string {
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

// quotedKey is the path of a key below a map. The engine reads a backslash as it is, except before a quote. So a key
// that ends in one stands bare, or the whole map stands for it.
func quotedKey(name string) string {
	switch {
	case !strings.HasSuffix(name, `\`):
		return `["` + strings.ReplaceAll(name, `"`, `\"`) + `"]`
	case strings.ContainsAny(name, ".["):
		return ""
	}
	return "." + name
}
