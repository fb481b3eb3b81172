package definition

import (
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/schema"

	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
)

// Shape contains what the service knows about a value without opening anything: keys and types. The zero Shape knows
// nothing.
type Shape struct{ schema *schema.Schema }

// ShapeOf returns the shape of the pushed value, from the evaluated expressions of a definition for a built-in
// platform.
func ShapeOf(expressions map[string]esc.Expr) Shape {
	for _, block := range payloadOf(expressions)[syncKey].Object { // there is one
		return Shape{block.Schema}.Key("value")
	}
	return Shape{}
}

// ReferencesOf returns the references inside the pushed texts, with the type that each evaluates to. A value that
// becomes part of its text is unknown.
func ReferencesOf(expressions map[string]esc.Expr) []payload.Reference {
	var references []payload.Reference
	for _, item := range payloadOf(expressions)["target"].Object[referencesKey].List {
		text, _ := item.Object["reference"].Literal.(string)
		reference := payload.Reference{Text: text, Value: document.Node{Kind: document.Unknown}}
		for _, key := range item.Object["at"].List {
			switch key := key.Literal.(type) {
			case string:
				reference.At = append(reference.At, document.Node{Kind: document.String, Text: key})
			case float64: // an index, decoded from JSON
				reference.At = append(reference.At, document.Node{Kind: document.Number, Text: strconv.Itoa(int(key))})
			}
		}
		if value := item.Object["value"].Schema; value != nil {
			if kind, is := kinds[value.Type]; is {
				reference.Value.Kind = kind
			}
		}
		references = append(references, reference)
	}
	return references
}

// kinds maps the types of a schema to kinds, for those that a text does not represent.
var kinds = map[string]document.Kind{"null": document.Null, "object": document.Object, "array": document.List}

// payloadOf returns the payload of a definition for a built-in platform.
func payloadOf(expressions map[string]esc.Expr) map[string]esc.Expr {
	payload := expressions[pulumiConfigKey].Object[PayloadKey]
	for payload.Builtin != nil {
		payload = payload.Builtin.Arg
	}
	return payload.Object
}

// Settled reports whether all keys of the value are known.
func (s Shape) Settled() bool {
	if s.schema == nil {
		return false
	}
	switch s.schema.Type {
	case "string", "number", "boolean", "null", "array":
		return true
	case "object":
		more := s.schema.AdditionalProperties
		return (more == nil || more.Never) && len(s.schema.Properties) > 0 &&
			len(s.schema.Required) == len(s.schema.Properties)
	}
	return false
}

// Key returns the shape at a key, or at an index written as a key.
func (s Shape) Key(key string) Shape {
	if s.schema == nil {
		return Shape{}
	}
	if s.schema.Type == "array" {
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(s.schema.PrefixItems) {
			return Shape{s.schema.PrefixItems[i]}
		}
		return Shape{}
	}
	return Shape{s.schema.Properties[key]}
}

// Below returns the shape at a path of keys.
func (s Shape) Below(path []string) Shape {
	for _, key := range path {
		s = s.Key(key)
	}
	return s
}

// Refine adds to the unknown parts of a value the keys that the shape knows. The values of those keys stay unknown.
func (s Shape) Refine(node document.Node) document.Node {
	switch node.Kind {
	case document.Unknown:
		return s.node(node.Secret, node.Text)
	case document.Object:
		fields := map[string]document.Node{}
		for key, field := range node.Fields {
			fields[key] = s.Key(key).Refine(field)
		}
		node.Fields = fields
	case document.List:
		items := make([]document.Node, len(node.Items))
		for i, item := range node.Items {
			items[i] = s.Key(strconv.Itoa(i)).Refine(item)
		}
		node.Items = items
	case document.Null, document.Bool, document.Number, document.String:
	}
	return node
}

// node returns an unknown value of this shape. text is its source in the definition. A value below it has the same
// text, followed by its keys, each after a zero byte.
func (s Shape) node(secret bool, text string) document.Node {
	node := document.Node{Kind: document.Unknown, Secret: secret, Text: text}
	if !s.Settled() {
		return node
	}
	switch s.schema.Type {
	case "null":
		node.Kind, node.Text = document.Null, ""
	case "object":
		node = document.Node{Kind: document.Object, Secret: secret, Fields: map[string]document.Node{}}
		for key, property := range s.schema.Properties {
			below := text
			if text != "" {
				below += "\x00" + key
			}
			node.Fields[key] = Shape{property}.node(secret, below)
		}
	}
	return node
}
