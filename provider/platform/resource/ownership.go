package resource

import (
	"maps"

	engine "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// keysIn are the keys that the path of a property consists of; none where it is no path, or has an index.
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

// checkOwnership reports a property that cannot hold the mark.
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
		case document.Unknown: // the run will tell
			return
		case document.Bool, document.Number, document.String, document.List:
			of.Problem("property", "lies below %s, which is %s in properties", key, at.Kind)
			return
		}
	}
	if _, given := at.Fields[keys[len(keys)-1]]; given {
		of.Problem("property", "is in properties, too: leave it out there, as the sync sets it")
	}
}

// marked are properties with the mark, where the platform holds one.
func (d resource) marked(properties document.Node, mark string) document.Node {
	if d.ownership == "" {
		return properties
	}
	return put(properties, keysIn(d.ownership), mark)
}

// put sets the text at the end of some keys, and makes the objects on the way where there are none. What is unknown on
// the way stays unknown, as what else is in it must not get lost.
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
