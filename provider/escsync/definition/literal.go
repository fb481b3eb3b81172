package definition

import (
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Block is a platform's block of a definition, as far as the text alone shows it. The results of interpolations and
// functions are unknown.
type Block struct {
	// Path is the path of the block in the sync's inputs.
	Path problem.Path
	// Node is the block. It is Unknown if there is none, or if the definition cannot be parsed.
	Node document.Node
	// Open reports whether the definition has imports, which may add to each object of the block.
	Open bool
}

// ReadBlock returns the block of a platform in a definition. It reports no problems: [Complete] does.
func ReadBlock(source, platform string) Block {
	block := Block{
		Path: problem.At("definition").Key(valuesKey).Key(syncKey).Key(platform),
		Node: document.Node{Kind: document.Unknown},
	}
	var parsed yaml.Node
	if err := yaml.Unmarshal([]byte(source), &parsed); err != nil || len(parsed.Content) == 0 {
		return block
	}
	node := parsed.Content[0]
	block.Open = mayImport(node)
	for _, key := range []string{valuesKey, syncKey, platform} {
		if node.Kind != yaml.MappingNode {
			return block
		}
		if node = child(node, key); node == nil {
			return block
		}
	}
	block.Node = literalNode(node)
	return block
}

// blocksOf returns the sync block of a definition. It is Unknown if there is none.
func blocksOf(sync *yaml.Node) document.Node {
	if sync == nil {
		return document.Node{Kind: document.Unknown}
	}
	return literalNode(sync)
}

// mayImport reports whether imports may add to the definition's values. An import that is not merged adds nothing.
func mayImport(root *yaml.Node) bool {
	imports := child(root, importsKey)
	if imports == nil {
		return false
	}
	if imports.Kind != yaml.SequenceNode {
		return true
	}
	return slices.ContainsFunc(imports.Content, func(item *yaml.Node) bool {
		if item.Kind != yaml.MappingNode || len(item.Content) < 2 {
			return true
		}
		merge := child(item.Content[1], mergeOption)
		return merge == nil || merge.Value != "false"
	})
}

// literalNode returns a value of a definition as ESC evaluates it. Whatever depends on anything else is Unknown.
func literalNode(node *yaml.Node) document.Node {
	switch node.Kind {
	case yaml.ScalarNode:
		return literalScalar(node)
	case yaml.SequenceNode:
		list := document.Node{Kind: document.List}
		for _, item := range node.Content {
			list.Items = append(list.Items, literalNode(item))
		}
		return list
	case yaml.MappingNode:
		return literalObject(node)
	default: // ESC refuses aliases
		return evaluated(node)
	}
}

// evaluated returns an Unknown node for a part that ESC evaluates. Its text is the part's source; a zero byte precedes
// source that is not a plain text.
func evaluated(node *yaml.Node) document.Node {
	result := document.Node{Kind: document.Unknown, Text: node.Value}
	if node.Kind != yaml.ScalarNode {
		if text, err := yaml.Marshal(node); err == nil {
			result.Text = "\x00" + string(text)
		}
	}
	return result
}

func literalScalar(node *yaml.Node) document.Node {
	switch node.Tag {
	case "!!null":
		return document.Node{}
	case "!!bool":
		return document.Node{Kind: document.Bool, Text: strings.ToLower(node.Value)}
	case "!!int", "!!float":
		return literalNumber(node)
	case "!!str":
		if text, ok := literalText(node.Value); ok {
			return document.Node{Kind: document.String, Text: text}
		}
	}
	return evaluated(node)
}

// literalNumber returns a number as ESC formats it: 0x1F is 31, 1.0 is 1, and 012345678901, which is not an integer in
// YAML, is 1.2345678901e+10.
func literalNumber(node *yaml.Node) document.Node {
	var value any
	if err := node.Decode(&value); err != nil {
		return document.Node{Kind: document.Unknown}
	}
	switch number := value.(type) {
	case int, int64, uint64:
		return document.Node{Kind: document.Number, Text: fmt.Sprint(number)}
	case float64:
		if !math.IsNaN(number) && !math.IsInf(number, 0) {
			return document.Node{Kind: document.Number, Text: escFloat(number)}
		}
	}
	return document.Node{Kind: document.Unknown}
}

// escFloat formats a number that is not an integer in YAML as ESC does.
func escFloat(number float64) string {
	return strconv.FormatFloat(number, 'g', -1, 64)
}

func literalObject(node *yaml.Node) document.Node {
	object := document.Node{Kind: document.Object, Fields: map[string]document.Node{}}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if key.Value == secretFunction && value.Kind == yaml.ScalarNode {
			secret := literalScalar(value)
			secret.Secret = true
			return secret
		}
		if key.Value == fromBase64Function {
			return literalDecoded(literalNode(value))
		}
		name, ok := literalText(key.Value)
		if !ok || strings.HasPrefix(strings.ToLower(name), functionPrefix) {
			return evaluated(node)
		}
		object.Fields[name] = literalNode(value)
	}
	return object
}

// literalDecoded returns the text that ESC decodes from base64. Bytes that are not text cannot leave ESC unchanged, so
// a preview must see them.
func literalDecoded(node document.Node) document.Node {
	decoded, err := base64.StdEncoding.DecodeString(node.Text)
	if node.Kind != document.String || err != nil {
		return document.Node{Kind: document.Unknown}
	}
	node.Text = string(decoded)
	return node
}

// literalText returns a text without ESC's escapes, and false if ESC may interpolate it.
func literalText(text string) (string, bool) {
	if strings.Contains(text, "${") {
		return "", false
	}
	return strings.ReplaceAll(text, "$$", "$"), true
}
