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

// diffedSyncRun compares the properties as they arrive over the wire to decide whether a run starts. In typed inputs an
// unknown trigger is null, which may equal the old value.
type diffedSyncRun struct {
	infer.InferredResource

	run *SyncRun
	// replaced contains the status text of each resource to replace, by URN. The engine creates a replacement like a
	// new resource, so Create cannot work out the text.
	replaced *sync.Map
}

// Diff reports whether a run starts or is followed, and why: the changed trigger, or how the last run ended. If neither
// happens, Diff warns of a later run that failed.
func (r diffedSyncRun) Diff(ctx context.Context, req p.DiffRequest) (p.DiffResponse, error) {
	// The engine resets a single ignored trigger itself, but not the whole map.
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
		delete(changes, "triggers"+keyPath(DefinitionTrigger)) // the names are more specific
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

// DefinitionTrigger is the trigger that changes with anything that a run pushes. A preview omits it if it shows the
// changes by name.
const DefinitionTrigger = "definition"

// Create shows what the first run will do, at preview.
func (r diffedSyncRun) Create(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	if req.DryRun && !isTrue(req.Properties.Get("suspended")) {
		why := firstRun(req.Properties).text()
		if text, replaced := r.replaced.Load(req.Urn); replaced {
			why = text.(string)
		}
		if why != "" {
			p.GetLogger(ctx).InfoStatus(why)
		}
	}
	return r.InferredResource.Create(ctx, req)
}

// stackOf returns the target stack that the properties name.
func stackOf(state property.Map) deployments.Stack {
	return deployments.Stack{
		Organization: textOf(state, "organization"), Project: textOf(state, "project"), Name: textOf(state, "stack"),
	}
}

// versionOf returns the number of the run in the state, 0 if there is none.
func versionOf(state property.Map) int {
	if v := state.Get("version"); v.IsNumber() {
		return int(v.AsNumber())
	}
	return 0
}

func isTrue(v property.Value) bool { return v.IsBool() && v.AsBool() }

// Update makes all outputs of a run unknown at preview. While suspended no run starts, so they stay. The framework
// cannot decide this: it compares inputs with the state, but the state has no triggers, and its secrets are those of
// the last run.
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

// lastRunDiffers describes what the last run still requires, "" if nothing.
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

// reason describes what the run will do, or if that is unknown, why it starts. The names of triggers are not secret.
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

// changedTriggers returns the names of the changed triggers. If the whole map is unknown, it returns "triggers".
func changedTriggers(before, after property.Value) []string {
	if after.IsComputed() {
		return []string{"triggers"}
	}
	return changedKeys(mapOf(before), mapOf(after))
}

// changedKeys returns the sorted keys whose values differ. An unknown value always differs.
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

// plainEqual compares values, regardless of whether they are secret. An unknown value equals nothing.
func plainEqual(a, b property.Value) bool {
	if a.HasComputed() || b.HasComputed() {
		return false
	}
	return withoutSecrets(a).Equals(withoutSecrets(b))
}

// withoutSecrets clears the secret flags and the dependencies of a value and of everything in it.
func withoutSecrets(v property.Value) property.Value {
	return walk.Map(v, func(v property.Value) (property.Value, bool) {
		return v.WithSecret(false).WithDependencies(nil), true
	})
}

// keyPath returns the path of a trigger below triggers, "" for the whole map.
func keyPath(name string) string {
	if name == "triggers" {
		return ""
	}
	return quotedKey(name)
}

// quotedKey returns the path of a key below a map. The engine treats a backslash as an escape only before a quote, so a
// key that ends in a backslash cannot be quoted. Such a key is written without quotes if possible; otherwise the path
// is that of the whole map, "".
func quotedKey(name string) string {
	switch {
	case !strings.HasSuffix(name, `\`):
		return `["` + strings.ReplaceAll(name, `"`, `\"`) + `"]`
	case strings.ContainsAny(name, ".["):
		return ""
	}
	return "." + name
}
