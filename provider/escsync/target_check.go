package escsync

import (
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// targetPlan is what is known before a run of what it will do.
type targetPlan struct {
	// pushes is what it pushes; zero where that is not known, or not to be shown.
	pushes planned
	// settled says that this is all, whatever the run will find in the environment.
	settled            bool
	request            target.Request
	plan               target.Plan
	problems, warnings problem.List
}

// checkTarget has the platform plan with what is known now, so that a name that the platform refuses,
// two keys that collide or a value that is too large fail at preview and not in a deployment an hour later. What ESC
// will interpolate is unknown here, but for the keys that the service knows, and checked by the target itself. The
// targetPlan is also what the run will do, as far as that is known.
func checkTarget(req p.ConstructRequest, platform target.Platform, served served) targetPlan {
	var t targetPlan
	checkLeaves(req, "environmentValues", &t.problems)
	if platform.Name == "" {
		checkLeaves(req, "value", &t.problems)
		return t
	}
	request := target.NewRequest(req, platform, &t.problems)
	// The run is in another stack, which has no provider of this program's.
	request.Caller.Provides = func(string) bool { return false }
	at := problem.At("destination").Key(platform.Name)
	destination := document.FromProperty(at, req.Inputs.Get("destination").AsMap().Get(platform.Name), &t.problems)
	if destination.Kind != document.Object {
		return t // unknown, or reported by the check of types
	}
	layers := []settings.Layer{{Path: at, Fields: destination.Fields}}
	if given := req.Inputs.Get("definition"); given.IsNull() {
		request.ValuePath = problem.At("value")
		request.Value = interpolated(document.FromProperty(request.ValuePath, req.Inputs.Get("value"), &t.problems))
	} else {
		layers = append(layers, readDefinition(&request, given))
	}
	request.Value, request.References = served.shape.Refine(request.Value), served.references
	request.MayGrow = request.MayGrow && !served.shape.Settled()
	request.Settings = settings.NewReader(&t.problems, layers...)
	policy := map[string]document.Node{}
	for _, name := range target.PolicyInputs {
		policy[name] = document.FromProperty(problem.At(name), req.Inputs.Get(name), &t.problems)
	}
	request.PolicySettings = settings.NewReader(&t.problems, settings.Layer{Fields: policy})
	plan, known := request.Plan()
	if known && len(t.problems) == 0 {
		t.pushes = plannedSecrets(plan, request, req, served)
		t.settled = t.pushes.within != "" && !request.MayGrow && namesAreSettled(plan, served.shape)
	}
	for _, path := range request.Settings.Overridden() {
		request.Warnings.Add(path, "is also given in destination, which takes precedence: leave one of them out")
	}
	t.request, t.plan, t.warnings = request, plan, *request.Warnings
	return t
}

// checkLeaves looks for what was damaged in an input of which the target, if any, sees nothing as it is.
func checkLeaves(req p.ConstructRequest, input string, problems *problem.List) {
	var elsewhere problem.List // what is no value at all is told by what renders it
	node := document.FromProperty(problem.At(input), req.Inputs.Get(input), &elsewhere)
	document.CheckLeaves(problem.At(input), node, document.FromProgram, problems)
}

// readDefinition takes the value from the platform's block of a definition, as far as its text tells, and returns the
// settings beside it.
func readDefinition(r *target.Request, given property.Value) settings.Layer {
	block := definition.Block{Node: document.Node{Kind: document.Unknown}}
	if given.IsString() {
		block = definition.ReadBlock(given.AsString(), r.Platform.Name)
	}
	r.PatternForm, r.MayGrow, r.ValuePath = true, block.Open, block.Path.Key("value")
	r.Value = document.Node{Kind: document.Unknown}
	if block.Node.Kind != document.Object { // a block that is neither has been reported by the check of the definition
		return settings.Layer{Path: block.Path, Open: true}
	}
	value, beside, err := payload.Split(block.Node)
	if err == nil && payload.CheckValue(value) == nil {
		r.Value = value
	}
	return settings.Layer{Path: block.Path, Fields: beside, Open: block.Open}
}

// interpolated returns a value in which every string that ESC will interpolate is unknown.
func interpolated(node document.Node) document.Node {
	if node.Kind == document.String && !node.Secret && strings.Contains(node.Text, "${") {
		node.Kind = document.Unknown
	}
	items := make([]document.Node, len(node.Items))
	for i, item := range node.Items {
		items[i] = interpolated(item)
	}
	fields := map[string]document.Node{}
	for key, field := range node.Fields {
		fields[key] = interpolated(field)
	}
	node.Items, node.Fields = items, fields
	return node
}
