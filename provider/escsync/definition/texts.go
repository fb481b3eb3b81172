package definition

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/ast"
	"gopkg.in/yaml.v3"
)

// referencesKey is where the target finds, below its instructions, what the references inside texts stand for. Of a
// text alone it could not tell: ESC writes null as nothing, and an object or a list in a form of its own.
const referencesKey = "references"

// textReference is a reference inside a text of the value.
type textReference struct {
	// at are the keys and indexes from the top of the value to the text.
	at []*yaml.Node
	// access is the reference, without the ${ and the } around it.
	access string
}

// node is the reference as the target gets it.
func (t textReference) node() *yaml.Node {
	return mapping(
		"at", &yaml.Node{Kind: yaml.SequenceNode, Content: t.at},
		"reference", text(escaped(t.access)),
		"value", text("${"+t.access+"}"))
}

// textReferences finds the references inside the texts that a value is made of, in the value itself and in whatever of
// the definition's values it refers to. What an import or a function makes cannot be seen.
func textReferences(values, value *yaml.Node) []textReference {
	c := collector{values: values, seen: map[string]bool{}, entered: map[entry]bool{}}
	c.walk(value, nil)
	return c.found
}

type entry struct {
	node *yaml.Node
	at   string
}

type collector struct {
	values  *yaml.Node
	found   []textReference
	seen    map[string]bool
	entered map[entry]bool
}

func (c *collector) walk(node *yaml.Node, at []*yaml.Node) {
	here := entry{node, positionText(at)}
	if c.entered[here] {
		return // there is a circle, which ESC refuses, or the same again
	}
	c.entered[here] = true
	switch node.Kind {
	case yaml.ScalarNode:
		if node.Tag == "!!str" {
			c.text(node.Value, at)
		}
	case yaml.SequenceNode:
		for i, item := range node.Content {
			c.walk(item, append(slices.Clip(at), plain("!!int", strconv.Itoa(i))))
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i].Value
			if strings.HasPrefix(strings.ToLower(key), functionPrefix) {
				return
			}
			c.walk(node.Content[i+1], append(slices.Clip(at), text(key)))
		}
	default: // ESC takes no alias
	}
}

// text takes the references of one text, and follows them.
func (c *collector) text(s string, at []*yaml.Node) {
	parsed, _ := ast.Interpolate(s) // what is wrong with it is told elsewhere
	alone := len(parsed.Parts) == 1 && parsed.Parts[0].Text == ""
	for _, part := range parsed.Parts {
		if part.Value == nil {
			continue
		}
		access := part.Value.String()
		if id := positionText(at) + "\x00" + access; !alone && !c.seen[id] {
			c.seen[id] = true
			c.found = append(c.found, textReference{at, access})
		}
		if node := c.follow(part.Value); node != nil {
			c.walk(node, at)
		}
	}
}

// follow returns what a reference leads to in the definition's own values, or nil.
func (c *collector) follow(access *ast.PropertyAccess) *yaml.Node {
	node := c.values
	for _, accessor := range access.Accessors {
		var index any
		switch accessor := accessor.(type) {
		case *ast.PropertyName:
			index = accessor.Name
		case *ast.PropertySubscript:
			index = accessor.Index
		}
		switch index := index.(type) {
		case string:
			if node.Kind != yaml.MappingNode {
				return nil
			}
			node = child(node, escaped(index))
		case int:
			if node.Kind != yaml.SequenceNode || index < 0 || index >= len(node.Content) {
				return nil
			}
			node = node.Content[index]
		}
		if node == nil {
			return nil
		}
	}
	return node
}

func positionText(at []*yaml.Node) string {
	var b strings.Builder
	for _, key := range at {
		b.WriteString(strconv.Quote(key.Value))
	}
	return b.String()
}
