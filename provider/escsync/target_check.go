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

// targetPlan is what is known about a run before it starts.
type targetPlan struct {
	// pushes is what the run will push. It is zero if that is unknown, or secret.
	pushes planned
	// settled reports whether pushes is complete, whatever values the environment will have.
	settled            bool
	request            target.Request
	plan               target.Plan
	problems, warnings problem.List
}

// checkTarget lets the platform plan with the values known so far. A name that the platform refuses, a collision of
// keys or a value that is too large then fails at preview, instead of in a deployment an hour later. Values that ESC
// will interpolate are unknown here, apart from the keys that the service reports. The target checks them during the
// run.
func checkTarget(req p.ConstructRequest, platform target.Platform, served served) targetPlan {
	var t targetPlan
	checkLeaves(req, "environmentValues", &t.problems)
	if platform.Name == "" {
		checkLeaves(req, "value", &t.problems)
		return t
	}
	request := target.NewRequest(req, platform, &t.problems)
	// The run is in another stack, which has none of this program's providers.
	request.Caller.Provides = func(string) bool { return false }
	at := problem.At("destination").Key(platform.Name)
	destination := document.FromProperty(at, req.Inputs.Get("destination").AsMap().Get(platform.Name), &t.problems)
	if destination.Kind != document.Object {
		return t // unknown, or reported by the type check
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

// checkLeaves reports damaged values in an input that the target does not see unchanged, if there is a target at all.
func checkLeaves(req p.ConstructRequest, input string, problems *problem.List) {
	var elsewhere problem.List // whatever renders the input reports invalid values
	node := document.FromProperty(problem.At(input), req.Inputs.Get(input), &elsewhere)
	document.CheckLeaves(problem.At(input), node, document.FromProgram, problems)
}

// readDefinition sets the request's value from the platform's block of a definition, as far as the text shows it, and
// returns the block's settings.
func readDefinition(r *target.Request, given property.Value) settings.Layer {
	block := definition.Block{Node: document.Node{Kind: document.Unknown}}
	if given.IsString() {
		block = definition.ReadBlock(given.AsString(), r.Platform.Name)
	}
	r.PatternForm, r.MayGrow, r.ValuePath = true, block.Open, block.Path.Key("value")
	r.Value = document.Node{Kind: document.Unknown}
	if block.Node.Kind != document.Object { // the check of the definition has reported any other kind
		return settings.Layer{Path: block.Path, Open: true}
	}
	value, beside, err := payload.Split(block.Node)
	if err == nil && payload.CheckValue(value) == nil {
		r.Value = value
	}
	return settings.Layer{Path: block.Path, Fields: beside, Open: block.Open}
}

// interpolated returns a copy of a value in which every string that ESC will interpolate is unknown.
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
