package provider

import (
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/payload"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/settings"
)

// checkTarget plans what the target program will do with what is known now, so that a name that the platform refuses,
// two keys that collide or a value that is too large fail at preview and not in a deployment an hour later. What ESC
// will interpolate is unknown here, and checked by the target itself.
func checkTarget(req p.ConstructRequest, platform string) (problems, warnings problem.List) {
	planner, ok := platforms[platform]
	if !ok {
		return nil, nil
	}
	request := newRequest(req, platform, &problems)
	at := problem.At("destination").Key(platform)
	destination := document.FromProperty(at, req.Inputs.Get("destination").AsMap().Get(platform), &problems)
	if destination.Kind != document.Object {
		return nil, nil // unknown, or told by the check of types
	}
	layers := []settings.Layer{{Path: at, Fields: destination.Fields}}
	if given := req.Inputs.Get("definition"); given.IsNull() {
		request.valuePath = problem.At("value")
		request.value = document.FromProperty(request.valuePath, interpolatedAsUnknown(req.Inputs.Get("value")), &problems)
	} else {
		layers = append(layers, request.readDefinition(given))
	}
	request.settings = settings.NewReader(&problems, layers...)
	policy := map[string]document.Node{}
	for _, name := range policyInputs {
		policy[name] = document.FromProperty(problem.At(name), req.Inputs.Get(name), &problems)
	}
	request.policy = settings.NewReader(&problems, settings.Layer{Fields: policy})
	request.retainKeys = request.readPolicy().retainKeys
	planner(request)
	request.settings.Finish()
	for _, path := range request.settings.Overridden() {
		request.warnings.Add(path, "is given in destination as well, which counts: leave one of them out")
	}
	return problems, *request.warnings
}

// readDefinition takes the value from the platform's block of a definition, as far as its text tells, and returns the
// settings beside it.
func (r *pushRequest) readDefinition(given property.Value) settings.Layer {
	block := definition.Block{Node: document.Node{Kind: document.Unknown}}
	if given.IsString() {
		block = definition.ReadBlock(given.AsString(), r.platform)
	}
	r.published, r.mayGrow, r.valuePath = true, block.Open, block.Path.Key("value")
	r.value = document.Node{Kind: document.Unknown}
	if block.Node.Kind != document.Object { // a block that is neither has been told by the check of the definition
		return settings.Layer{Path: block.Path, Open: true}
	}
	value, beside, err := payload.Split(block.Node)
	if err == nil && payload.CheckValue(value) == nil {
		r.value = value
	}
	return settings.Layer{Path: block.Path, Fields: beside, Open: block.Open}
}

// interpolatedAsUnknown returns a value in which every string that ESC will interpolate is unknown.
func interpolatedAsUnknown(v property.Value) property.Value {
	switch {
	case v.Secret():
		return v
	case v.IsString() && strings.Contains(v.AsString(), "${"):
		return property.New(property.Computed)
	case v.IsArray():
		items := make([]property.Value, 0, v.AsArray().Len())
		for _, item := range v.AsArray().All {
			items = append(items, interpolatedAsUnknown(item))
		}
		return property.New(items)
	case v.IsMap():
		object := map[string]property.Value{}
		for key, item := range v.AsMap().All {
			object[key] = interpolatedAsUnknown(item)
		}
		return property.New(object)
	}
	return v
}
