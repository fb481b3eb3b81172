// Package walk goes through trees of Pulumi's properties, which the SDK has no walk for.
package walk

import (
	"iter"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// Children returns a list or an object with each of its elements changed, and any other value as it is. The list or
// object keeps its secretness and its dependencies.
func Children(v property.Value, change func(property.Value) property.Value) property.Value {
	switch {
	case v.IsArray():
		list := make([]property.Value, 0, v.AsArray().Len())
		for _, item := range v.AsArray().All {
			list = append(list, change(item))
		}
		return property.WithGoValue(v, list)
	case v.IsMap():
		object := make(map[string]property.Value, v.AsMap().Len())
		for key, item := range v.AsMap().All {
			object[key] = change(item)
		}
		return property.WithGoValue(v, object)
	}
	return v
}

// Map returns a value with everything in it changed, from the top down. Where change returns false, what is below stays
// as it is.
func Map(v property.Value, change func(property.Value) (property.Value, bool)) property.Value {
	changed, below := change(v)
	if !below {
		return changed
	}
	return Children(changed, func(item property.Value) property.Value { return Map(item, change) })
}

// All visits a value and everything in it, from the top down and in a stable order.
func All(v property.Value) iter.Seq[property.Value] {
	return func(yield func(property.Value) bool) { all(v, yield) }
}

func all(v property.Value, yield func(property.Value) bool) bool {
	if !yield(v) {
		return false
	}
	switch {
	case v.IsArray():
		for _, item := range v.AsArray().All {
			if !all(item, yield) {
				return false
			}
		}
	case v.IsMap():
		for _, item := range v.AsMap().AllStable {
			if !all(item, yield) {
				return false
			}
		}
	}
	return true
}
