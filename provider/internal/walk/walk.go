// Package walk traverses trees of Pulumi's properties, as the SDK has no function for that.
package walk

import (
	"iter"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// Children applies change to each element of a list or an object, and keeps its secretness and dependencies. It returns
// any other value unchanged.
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

// Map applies change to a value and everything in it, from the top down. If change returns false, it does not descend
// further.
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
