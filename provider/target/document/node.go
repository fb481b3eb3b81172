// Package document represents values of any depth, whether they came as JSON text in a payload or as Pulumi
// properties. Numbers keep their original text.
package document

import (
	"maps"
	"slices"
)

// Kind is the kind of a Node.
type Kind int

// The kinds of a Node. Unknown is a value that is unknown at preview.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Object
	Unknown
)

// String returns the kind as errors name it.
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case Bool:
		return "a boolean"
	case Number:
		return "a number"
	case String:
		return "a string"
	case List:
		return "a list"
	case Object:
		return "an object"
	case Unknown:
		return "unknown"
	}
	return "invalid"
}

// Node is one value. The zero Node is null.
type Node struct {
	Kind Kind
	// Text is the content of a String, the JSON literal of a Number, or "true" or "false" for a Bool. For an Unknown it
	// is the program's text that ESC will evaluate, or "" if that is not known either.
	Text string
	// Items are the elements of a List.
	Items []Node
	// Fields are the properties of an Object.
	Fields map[string]Node
	// Secret is true if the value, or a value that contains it, is marked as a secret.
	Secret bool
}

// AsSecret returns the value with everything in it marked as a secret.
func (n Node) AsSecret() Node {
	n.Secret = true
	n.Items = slices.Clone(n.Items)
	for i, item := range n.Items {
		n.Items[i] = item.AsSecret()
	}
	n.Fields = maps.Clone(n.Fields)
	for key, field := range n.Fields {
		n.Fields[key] = field.AsSecret()
	}
	return n
}

// Keys returns the sorted property names of an object, or nothing for any other kind.
func (n Node) Keys() []string {
	return slices.Sorted(maps.Keys(n.Fields))
}

// HasUnknown reports whether the value, or anything in it, is unknown.
func (n Node) HasUnknown() bool {
	if n.Kind == Unknown || slices.ContainsFunc(n.Items, Node.HasUnknown) {
		return true
	}
	for _, field := range n.Fields {
		if field.HasUnknown() {
			return true
		}
	}
	return false
}

// IsScalar reports whether the value is a string, a number or a boolean.
func (n Node) IsScalar() bool {
	return n.Kind == String || n.Kind == Number || n.Kind == Bool
}

// Text is a text to write to a platform. It may be unknown at preview.
type Text struct {
	Value   string
	Unknown bool
	// Written is the program's text of an unknown Text, including what ESC will replace; "" if that is not known
	// either.
	Written string
	// Binary is true if Value is bytes, which need not be valid UTF-8. To pass it as an input, encode it.
	Binary bool
}

// Render returns the text of a scalar, and JSON for everything else (see Node.JSON).
func (n Node) Render() Text {
	switch {
	case n.HasUnknown():
		return n.unknown()
	case n.IsScalar():
		return Text{Value: n.Text}
	default:
		return Text{Value: n.JSON()}
	}
}

// RenderJSON returns the value as JSON, including a string in quotes.
func (n Node) RenderJSON() Text {
	if n.HasUnknown() {
		return n.unknown()
	}
	return Text{Value: n.JSON()}
}

func (n Node) unknown() Text {
	if !n.isWritten() {
		return Text{Unknown: true}
	}
	return Text{Unknown: true, Written: n.JSON()}
}

// isWritten reports whether every unknown in the value has a text in the program.
func (n Node) isWritten() bool {
	isMissing := func(n Node) bool { return !n.isWritten() }
	return (n.Kind != Unknown || n.Text != "") && !slices.ContainsFunc(n.Items, isMissing) &&
		!slices.ContainsFunc(slices.Collect(maps.Values(n.Fields)), isMissing)
}
