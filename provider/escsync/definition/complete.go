package definition

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/syntax"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/escsync/naming"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
)

// Complete adds to a user's own definition what the target program needs: the payload, made of the definition's
// `sync.<platform>` block, and the configuration of the target's providers. It ignores the spec's imports and values.
// Comments are preserved.
func Complete(source string, spec Spec) Result {
	r := &renderer{project: spec.Project}
	at := problem.At("definition")
	root, read := r.parse(at, source)
	if root == nil {
		return r.result(nil)
	}
	values := child(root, valuesKey)
	if values == nil || values.Kind != yaml.MappingNode {
		values = &yaml.Node{Kind: yaml.MappingNode}
		root.Content = append(root.Content, text(valuesKey), values)
	}
	key := r.blockKey(values, spec.Platform, spec.Target, at)
	if len(r.problems) > 0 {
		return r.result(nil)
	}
	r.checkImports(root, spec.Environment, at.Key(importsKey))
	r.warnOfRotators(values, at.Key(valuesKey))
	r.checkBlock(values, ReadBlock(source, key), key, at.Key(valuesKey))
	r.addPulumiConfig(values, spec.PulumiConfig, at.Key(valuesKey))
	if spec.Platform == Custom {
		r.completeHandover(values, key, spec, at.Key(valuesKey))
		return r.checkReferences(at, read, root)
	}
	block := text(reference(syncKey, key))
	r.setPayload(values, key, block, spec, textReferences(values, valueOf(values, key)), at.Key(valuesKey))
	return r.checkReferences(at, read, root)
}

// valueOf returns the value in the definition's block of a platform, or the innermost node on the way to it.
func valueOf(values *yaml.Node, key string) *yaml.Node {
	node := values
	for _, key := range []string{syncKey, key, "value"} {
		if node == nil || node.Kind != yaml.MappingNode {
			break
		}
		node = child(node, key)
	}
	if node == nil {
		return &yaml.Node{}
	}
	return node
}

// parse returns the definition's top-level object, and the text as ESC parsed it. If the text is invalid, it reports
// why and returns nil.
func (r *renderer) parse(at problem.Path, source string) (root *yaml.Node, read escText) {
	var first, second yaml.Node
	decoder := yaml.NewDecoder(strings.NewReader(source))
	err := decoder.Decode(&first)
	if err != nil && !errors.Is(err, io.EOF) {
		// The parser's message may quote the text, which may be secret.
		r.problems.Add(at, "is not YAML: check it with `pulumi env edit` or a YAML linter")
		return nil, read
	}
	if len(first.Content) == 0 || first.Content[0].Kind != yaml.MappingNode {
		r.problems.Add(at, "must be an object with imports and values")
		return nil, read
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		r.problems.Add(at, "has a second YAML document, after ---, which ESC would ignore: merge the two")
	}
	r.doubledKeys(first.Content[0], at)
	if len(r.problems) == 0 {
		read = r.escErrors(at, source, true)
	}
	if len(r.problems) > 0 {
		return nil, read
	}
	return first.Content[0], read
}

// doubledKeys reports the keys that an object has twice. ESC refuses them only when it evaluates the environment.
func (r *renderer) doubledKeys(node *yaml.Node, at problem.Path) {
	switch node.Kind {
	case yaml.SequenceNode:
		for i, item := range node.Content {
			r.doubledKeys(item, at.Index(i))
		}
	case yaml.MappingNode:
		seen := map[string]bool{}
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i].Value
			if seen[key] {
				r.problems.AddOnce(at.Key(key), "is given twice: remove one of the two")
			}
			seen[key] = true
			r.doubledKeys(node.Content[i+1], at.Key(key))
		}
	default: // no children
	}
}

// mergeOption is the only option of an import.
const mergeOption = "merge"

// legacyProject is the project of a reference that names none.
const legacyProject = "default"

// checkImportOptions reports unknown options, which ESC ignores silently.
func (r *renderer) checkImportOptions(options *yaml.Node, at problem.Path) {
	if options.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i < len(options.Content); i += 2 {
		if key := options.Content[i].Value; key != mergeOption {
			r.problems.Add(at.Key(key), "is not an option of an import; the only one is %s", mergeOption)
		}
	}
}

// checkImports reports invalid references, and an import of the environment itself. An import is a name, or a name with
// options.
func (r *renderer) checkImports(root *yaml.Node, environment string, at problem.Path) {
	imports := child(root, importsKey)
	if imports == nil {
		return
	}
	for i, item := range imports.Content {
		if item.Kind == yaml.MappingNode && len(item.Content) == 2 {
			r.checkImportOptions(item.Content[1], at.Index(i).Key(item.Content[0].Value))
			item = item.Content[0]
		}
		reference := item.Value
		if !strings.Contains(reference, "/") {
			reference = legacyProject + "/" + reference
		}
		if item.Kind != yaml.ScalarNode {
			reference = "" // an alias has the text of its anchor
		}
		if err := naming.CheckImport(reference, environment); err != nil {
			r.problems.Add(at.Index(i), "%s", err)
		}
	}
}

// checkBlock reports a definition without the block to push, and a block that pushes nothing. With imports it reports
// less, because the block, or a part of it, may come from one.
func (r *renderer) checkBlock(values *yaml.Node, block Block, key string, at problem.Path) {
	sync := child(values, syncKey)
	switch blocks := blocksOf(sync); {
	case sync == nil && !block.Open:
		r.problems.Add(at, "has no sync.%s block with the value to push", key)
		return
	case blocks.Kind != document.Object && blocks.Kind != document.Unknown: // it would hide an imported block
		r.problems.Add(at.Key(syncKey), "must be an object with a block for each platform")
		return
	case blocks.Kind == document.Object && !block.Open && child(sync, key) == nil:
		r.problems.Add(at.Key(syncKey), "has no block for the destination %s", key)
		return
	case block.Node.Kind == document.Unknown:
		return
	}
	value, _, err := payload.Split(block.Node)
	if err != nil {
		r.problems.Add(block.Path, "%s", err)
		return
	}
	if _, given := block.Node.Fields["value"]; block.Open && (!given || value.Kind == document.Object) {
		return // an import may provide the value, or more of its keys
	}
	if err := payload.CheckValue(value); err != nil {
		r.problems.Add(block.Path.Key("value"), "%s", err)
	}
}

// escErrors returns a definition as ESC's parser reads it, and reports the parser's diagnostics: by line if the user
// wrote the text, else by the path of a property. at is the path of the definition's values.
func (r *renderer) escErrors(at problem.Path, source string, byLine bool) escText {
	read, diagnostics, err := readESC(source)
	if err != nil {
		r.problems.Add(at, "is not an ESC definition")
		return escText{}
	}
	r.report(at, diagnostics, byLine)
	return read
}

// checkReferences reports, by line, references of a user's own definition that lead nowhere. A reference may lead to
// what the sync adds, so only those count that are also dead in the completed definition.
func (r *renderer) checkReferences(at problem.Path, source escText, root *yaml.Node) Result {
	result := r.result(root)
	if len(result.Problems) > 0 {
		return result
	}
	var completed syntax.Diagnostics
	if read, _, err := readESC(result.Text); err == nil {
		completed = read.deadReferences()
	}
	r.report(at, slices.DeleteFunc(source.deadReferences(), func(d *syntax.Diagnostic) bool {
		return !slices.ContainsFunc(completed, func(c *syntax.Diagnostic) bool {
			return c.Path == d.Path && c.Summary == d.Summary
		})
	}), true)
	return r.result(root)
}

func (r *renderer) report(at problem.Path, diagnostics syntax.Diagnostics, byLine bool) {
	for _, d := range diagnostics {
		if d.Subject != nil && byLine {
			r.problems.Add(at, "line %d: %s", d.Subject.Start.Line, summary(d.Summary))
			continue
		}
		r.problems.AddOnce(whereGiven(at, d.Path), "%s", summary(d.Summary))
	}
}

// madeOfValue matches the paths of a rendered definition that are made of the value.
var madeOfValue = regexp.MustCompile(`^\.(` +
	pulumiConfigKey + `\.` + PayloadKey + `\["fn::toBase64"\]\["fn::toJSON"\]\.` + syncKey + `\.\w+\.value|` +
	handoverKey + `\.(file|text)\["fn::toBase64"\](\["fn::(toJSON|toString)"\])?)`)

// whereGiven returns the input that a path of a rendered definition is made of: the value, or a property below at,
// which is the path of the definition's values.
func whereGiven(at problem.Path, path string) problem.Path {
	below, ok := strings.CutPrefix(path, valuesKey)
	if !ok {
		return at
	}
	if made := madeOfValue.FindString(below); made != "" {
		return problem.At("value").Below(below[len(made):])
	}
	return at.Below(below)
}

// summary returns ESC's message. It replaces a message of ESC's YAML decoder, which quotes the value: that may be
// secret.
func summary(said string) string {
	if strings.HasPrefix(said, "yaml:") {
		return "does not match its YAML tag (!!int, !!float, ...): remove the tag, or fix the value"
	}
	return strings.TrimSpace(said)
}
