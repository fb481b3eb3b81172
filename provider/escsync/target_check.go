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

// checkTarget has the platform plan with what is known now, so that a name that the platform refuses,
// two keys that collide or a value that is too large fail at preview and not in a deployment an hour later. What ESC
// will interpolate is unknown here, and checked by the target itself.
//
// It returns what is planned.
func checkTarget(req p.ConstructRequest, platform target.Platform) (found planned, problems, warnings problem.List) {
	checkLeaves(req, "environmentValues", &problems)
	if platform.Name == "" {
		checkLeaves(req, "value", &problems)
		return planned{}, problems, nil
	}
	request := target.NewRequest(req, platform, &problems)
	at := problem.At("destination").Key(platform.Name)
	destination := document.FromProperty(at, req.Inputs.Get("destination").AsMap().Get(platform.Name), &problems)
	if destination.Kind != document.Object {
		return planned{}, problems, nil // unknown, or reported by the check of types
	}
	layers := []settings.Layer{{Path: at, Fields: destination.Fields}}
	if given := req.Inputs.Get("definition"); given.IsNull() {
		request.ValuePath = problem.At("value")
		request.Value = interpolated(document.FromProperty(request.ValuePath, req.Inputs.Get("value"), &problems))
	} else {
		layers = append(layers, readDefinition(&request, given))
	}
	request.Settings = settings.NewReader(&problems, layers...)
	policy := map[string]document.Node{}
	for _, name := range target.PolicyInputs {
		policy[name] = document.FromProperty(problem.At(name), req.Inputs.Get(name), &problems)
	}
	request.PolicySettings = settings.NewReader(&problems, settings.Layer{Fields: policy})
	if plan, known := request.Plan(); known && len(problems) == 0 {
		found = plannedSecrets(plan, request, req)
	}
	for _, path := range request.Settings.Overridden() {
		request.Warnings.Add(path, "is given in destination as well, which counts: leave one of them out")
	}
	return found, problems, *request.Warnings
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
