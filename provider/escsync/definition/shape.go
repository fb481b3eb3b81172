package definition

import (
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/schema"

	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
)

// Shape is what the service knows of a value without opening anything: keys and kinds. The zero Shape is that of a
// value of which nothing is known.
type Shape struct{ schema *schema.Schema }

// ShapeOf is the shape of what is pushed, read off the evaluated expressions of a definition for one of the platforms.
func ShapeOf(expressions map[string]esc.Expr) Shape {
	for _, block := range payloadOf(expressions)[syncKey].Object { // there is one
		return Shape{block.Schema}.Key("value")
	}
	return Shape{}
}

// ReferencesOf are the references inside the texts of what is pushed, with the kinds that they stand for. A value that
// becomes a part of its text is unknown.
func ReferencesOf(expressions map[string]esc.Expr) []payload.Reference {
	var references []payload.Reference
	for _, item := range payloadOf(expressions)["target"].Object[referencesKey].List {
		text, _ := item.Object["reference"].Literal.(string)
		reference := payload.Reference{Text: text, Value: document.Node{Kind: document.Unknown}}
		for _, key := range item.Object["at"].List {
			switch key := key.Literal.(type) {
			case string:
				reference.At = append(reference.At, document.Node{Kind: document.String, Text: key})
			case float64: // an index, as JSON has it
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

// kinds are those that have no text of their own, by the types of a schema.
var kinds = map[string]document.Kind{"null": document.Null, "object": document.Object, "array": document.List}

// payloadOf is what the target gets of a definition for one of the platforms.
func payloadOf(expressions map[string]esc.Expr) map[string]esc.Expr {
	payload := expressions[pulumiConfigKey].Object[PayloadKey]
	for payload.Builtin != nil {
		payload = payload.Builtin.Arg
	}
	return payload.Object
}

// Settled says whether it is known which keys there are, if any.
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

// Key is the shape of what stands at a key, or at an index that is written as one.
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

// Below is the shape at the end of a way of keys.
func (s Shape) Below(path []string) Shape {
	for _, key := range path {
		s = s.Key(key)
	}
	return s
}

// Refine puts in the place of what a preview does not know what is known of its keys. What stands there stays unknown.
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

// node is a value of this shape, of which the definition has a text. What is below has that text, and after a zero byte
// each key to it.
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
