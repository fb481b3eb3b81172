package definition

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/ast"
	"gopkg.in/yaml.v3"
)

// referencesKey is the key, below the target's instructions, of the values behind references inside texts. The target
// cannot read them from the text alone: ESC writes null as nothing, and objects and lists in its own format.
const referencesKey = "references"

// textReference is a reference inside a text of the value.
type textReference struct {
	// at contains the keys and indexes from the top of the value to the text.
	at []*yaml.Node
	// access is the reference without the enclosing ${ and }.
	access string
}

// node renders the reference for the target.
func (t textReference) node() *yaml.Node {
	return mapping(
		"at", &yaml.Node{Kind: yaml.SequenceNode, Content: t.at},
		"reference", text(escaped(t.access)),
		"value", text("${"+t.access+"}"))
}

// textReferences returns the references inside the texts of a value, and inside the definition's values that it refers
// to. It cannot see what an import or a function returns.
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
		return // a circle, which ESC refuses, or a repeated value
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
	default: // ESC refuses aliases
	}
}

// text collects the references of one text, and follows them.
func (c *collector) text(s string, at []*yaml.Node) {
	parsed, _ := ast.Interpolate(s) // syntax errors are reported elsewhere
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

// follow returns the node that a reference leads to in the definition's own values, or nil.
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
