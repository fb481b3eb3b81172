package standin

import (
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// replacements returns the inputs whose change replaces the resource. If the resource cannot be updated in place, it
// returns every input.
func replacements(resource Resource, spec schema.ResourceSpec) map[string]bool {
	set := map[string]bool{}
	for _, key := range resource.Replaces {
		set[key] = true
	}
	for key, property := range spec.InputProperties {
		if property.ReplaceOnChanges || property.WillReplaceOnChanges || resource.Update == nil {
			set[key] = true
		}
	}
	return set
}

// diffInputs compares the inputs, not the state: a Read that detects a change returns changed inputs. Secretness is
// ignored.
func diffInputs(olds, news property.Map, rule func(path string) (replace, deleteFirst bool)) p.DiffResponse {
	diff := bare(olds).Diff(bare(news))
	if diff == nil {
		return p.DiffResponse{}
	}
	response := p.DiffResponse{HasChanges: true, DetailedDiff: map[string]p.PropertyDiff{}}
	for path, change := range plugin.NewDetailedDiffFromObjectDiff(diff, true) {
		kind := map[plugin.DiffKind]p.DiffKind{
			plugin.DiffAdd: p.Add, plugin.DiffDelete: p.Delete, plugin.DiffUpdate: p.Update,
		}[change.Kind]
		if replace, deleteFirst := rule(path); replace {
			kind += "&replace"
			response.DeleteBeforeReplace = response.DeleteBeforeReplace || deleteFirst
		}
		response.DetailedDiff[path] = p.PropertyDiff{Kind: kind, InputDiff: true}
	}
	return response
}

// root returns the name of the top-level property that a path starts with.
func root(path string) string {
	parsed, err := presource.ParsePropertyPath(path)
	if err == nil && len(parsed) > 0 {
		if name, ok := parsed[0].(string); ok {
			return name
		}
	}
	name, _, _ := strings.Cut(path, ".")
	return name
}

// bare removes secretness and nulls.
func bare(m property.Map) presource.PropertyMap {
	out := presource.PropertyMap{}
	for key, value := range m.All {
		if !value.IsNull() {
			out[presource.PropertyKey(key)] = presource.ToResourcePropertyValue(unsecret(value))
		}
	}
	return out
}

// unsecret removes all secretness in v, at any depth.
func unsecret(v property.Value) property.Value {
	v = v.WithSecret(false)
	switch {
	case v.IsMap():
		entries := map[string]property.Value{}
		for key, entry := range v.AsMap().All {
			entries[key] = unsecret(entry)
		}
		return property.New(entries)
	case v.IsArray():
		items := []property.Value{}
		for _, item := range v.AsArray().All {
			items = append(items, unsecret(item))
		}
		return property.New(items)
	}
	return v.WithDependencies(nil)
}
