// Package document holds values of any depth in the one form that the rules of the target work on, whether they came as
// JSON text in a payload or as Pulumi properties. Numbers keep the text they had.
package document

import (
	"maps"
	"slices"
)

// Kind is the kind of a Node.
type Kind int

// The kinds of a Node. Unknown is a value that a preview does not know yet.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Object
	Unknown
)

// String returns the kind as it is named in errors.
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
	// Text is the content of a String, the JSON literal of a Number, and "true" or "false" for a Bool; of an Unknown, what
	// the program has in the place of what ESC will make of it, "" where not even that is known.
	Text string
	// Items are the elements of a List.
	Items []Node
	// Fields are the properties of an Object.
	Fields map[string]Node
	// Secret says that the value was marked as a secret, itself or something around it.
	Secret bool
}

// AsSecret is the value with everything in it marked as a secret.
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

// Keys returns the names of an object's properties in order, and nothing for any other kind.
func (n Node) Keys() []string {
	return slices.Sorted(maps.Keys(n.Fields))
}

// HasUnknown says whether the value, or anything in it, is unknown.
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

// IsScalar says whether the value is a string, a number or a boolean.
func (n Node) IsScalar() bool {
	return n.Kind == String || n.Kind == Number || n.Kind == Bool
}

// Text is the text that is written to a platform, or the fact that a preview does not know it yet.
type Text struct {
	Value   string
	Unknown bool
	// Written is an unknown text as the program has it, with what ESC will replace; "" where not even that is known.
	Written string
	// Binary says that Value are bytes, which need not be UTF-8: an input of them must be encoded.
	Binary bool
}

// Render returns a scalar as it is and everything else as JSON (see Node.JSON).
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

// RenderJSON returns the value as JSON, a string in quotes.
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

// isWritten says whether the program has a text for everything that is unknown.
func (n Node) isWritten() bool {
	isMissing := func(n Node) bool { return !n.isWritten() }
	return (n.Kind != Unknown || n.Text != "") && !slices.ContainsFunc(n.Items, isMissing) &&
		!slices.ContainsFunc(slices.Collect(maps.Values(n.Fields)), isMissing)
}
