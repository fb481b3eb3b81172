package resource

import (
	"maps"

	engine "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// keysIn returns the keys in a property path. It returns nil for an invalid path and for one with an index or a
// wildcard.
func keysIn(path string) []string {
	parsed, err := engine.ParsePropertyPath(path)
	if err != nil {
		return nil
	}
	keys := make([]string, len(parsed))
	for i, part := range parsed {
		key, ok := part.(string)
		if !ok || key == "" || key == "*" {
			return nil
		}
		keys[i] = key
	}
	return keys
}

// checkOwnership reports a property that cannot store the ownership tag.
func (d resource) checkOwnership(s *settings.Reader) {
	of, at := s.Object("ownership"), d.properties
	keys := keysIn(d.ownership)
	if len(keys) == 0 {
		of.Problem("property", "must be the path of a property, such as tags.managedBy")
		return
	}
	for _, key := range keys[:len(keys)-1] {
		switch at = at.Fields[key]; at.Kind {
		case document.Object, document.Null:
		case document.Unknown: // only known in the run
			return
		case document.Bool, document.Number, document.String, document.List:
			of.Problem("property", "lies below %s, which is %s in properties", key, at.Kind)
			return
		}
	}
	if _, given := at.Fields[keys[len(keys)-1]]; given {
		of.Problem("property", "is in properties too: leave it out there, because the sync sets it")
	}
}

// tagged returns the properties with the ownership tag, if the platform stores one.
func (d resource) tagged(properties document.Node, tag string) document.Node {
	if d.ownership == "" {
		return properties
	}
	return put(properties, keysIn(d.ownership), tag)
}

// put sets the text at a path of keys and creates the missing objects on the way. An unknown object stays unknown, so
// that its other properties are not lost.
func put(node document.Node, keys []string, text string) document.Node {
	switch {
	case node.Kind == document.Unknown:
		return node
	case len(keys) == 0:
		return document.Node{Kind: document.String, Text: text}
	}
	fields := map[string]document.Node{}
	maps.Copy(fields, node.Fields)
	fields[keys[0]] = put(fields[keys[0]], keys[1:], text)
	return document.Node{Kind: document.Object, Fields: fields, Secret: node.Secret}
}
