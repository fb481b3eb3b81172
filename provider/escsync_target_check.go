package provider

import (
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/settings"
)

// checkTarget plans what the target program will do with what is known now, so that a name that the platform refuses,
// two keys that collide or a value that is too large fail at preview and not in a deployment an hour later. What ESC
// will interpolate is unknown here, and checked by the target itself.
func checkTarget(req p.ConstructRequest, platform string) problem.List {
	var problems problem.List
	planner, ok := platforms[platform]
	if !ok {
		return nil
	}
	request := newRequest(req, platform, &problems)
	request.valuePath = problem.At("value")
	request.value = document.FromProperty(request.valuePath, interpolatedAsUnknown(req.Inputs.Get("value")), &problems)
	at := problem.At("destination").Key(platform)
	destination := document.FromProperty(at, req.Inputs.Get("destination").AsMap().Get(platform), &problems)
	if definition := req.Inputs.Get("definition"); !definition.IsNull() {
		request.value, request.published = document.Node{Kind: document.Unknown}, true
		if _, named := destination.Fields["name"]; !named {
			destination.Fields["name"] = document.Node{Kind: document.Unknown} // the definition may have it
		}
	}
	request.settings = settings.NewReader(&problems, settings.Layer{Path: at, Fields: destination.Fields})
	policy := map[string]document.Node{}
	for _, name := range policyInputs {
		policy[name] = document.FromProperty(problem.At(name), req.Inputs.Get(name), &problems)
	}
	request.policy = settings.NewReader(&problems, settings.Layer{Fields: policy})
	request.retainKeys = request.readPolicy().retainKeys
	planner(request)
	request.settings.Finish()
	return problems
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
