package definition

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// Complete adds to a user's own definition what the target program needs: the payload, made from the definition's
// `sync.<platform>` block, and the configuration of the target's providers. Of the spec it uses neither imports nor
// values. Comments stay.
func Complete(source string, spec Spec) Result {
	r := &renderer{project: spec.Project}
	at := problem.At("definition")
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(source), &document); err != nil {
		// The parser's message may quote the text, which may be secret.
		r.problems.Add(at, "is not YAML: check it with `pulumi env edit` or a YAML linter")
		return r.result(nil)
	}
	if len(document.Content) == 0 || document.Content[0].Kind != yaml.MappingNode {
		r.problems.Add(at, "must be an object with imports and values")
		return r.result(nil)
	}
	if r.escErrors(at, source, true); len(r.problems) > 0 {
		return r.result(nil)
	}
	root := document.Content[0]
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
	r.checkBlock(root, values, key, at.Key(valuesKey))
	r.addPulumiConfig(values, spec.PulumiConfig, at.Key(valuesKey))
	if spec.Platform == Custom {
		r.completeHandover(values, key, spec, at.Key(valuesKey))
		return r.result(root)
	}
	payload := mapping(
		"seal", mapping(secretFunction, text("1")),
		syncKey, mapping(key, text(reference(syncKey, key))),
		"target", r.node(problem.At("destination"), property.New(spec.Target), literal),
	)
	r.setPulumiConfig(values, PayloadKey, encoded(payload), at.Key(valuesKey))
	return r.result(root)
}

// checkImports reports an import of the environment itself, in either of ESC's forms: a name, or a name with options.
func (r *renderer) checkImports(root *yaml.Node, environment string, at problem.Path) {
	imports := child(root, importsKey)
	if imports == nil || environment == "" {
		return
	}
	for i, item := range imports.Content {
		if item.Kind == yaml.MappingNode && len(item.Content) > 0 {
			item = item.Content[0]
		}
		if name, _, _ := strings.Cut(item.Value, "@"); name == environment {
			r.problems.Add(at.Index(i), "is the environment of this sync, which cannot import itself: remove it")
		}
	}
}

// checkBlock reports a definition without the block that is to be pushed. With imports, the block may come from one.
func (r *renderer) checkBlock(root, values *yaml.Node, key string, at problem.Path) {
	if child(root, importsKey) != nil {
		return
	}
	sync := child(values, syncKey)
	switch {
	case sync == nil:
		r.problems.Add(at, "has no sync.%s block with the value to push", key)
		return
	case sync.Kind != yaml.MappingNode: // an interpolation
		return
	}
	block := child(sync, key)
	if block == nil {
		r.problems.Add(at.Key(syncKey), "has no %s, which is the destination", key)
		return
	}
	value := child(block, "value")
	if block.Kind == yaml.MappingNode && (value == nil || value.Tag == "!!null" ||
		value.Kind != yaml.ScalarNode && len(value.Content) == 0) {
		r.problems.Add(at.Key(syncKey).Key(key).Key("value"), "must be given, and not be empty: it is what is pushed")
	}
}

// escErrors reports what ESC's parser says of a definition: by line where the user wrote the lines, else by the path of
// the property below at, which stands for the definition's values.
func (r *renderer) escErrors(at problem.Path, source string, byLine bool) {
	_, diagnostics, err := eval.LoadYAMLBytes("definition", []byte(source))
	if err != nil {
		r.problems.Add(at, "is not an ESC definition")
		return
	}
	for _, d := range diagnostics {
		if d.Subject != nil && byLine {
			r.problems.Add(at, "line %d: %s", d.Subject.Start.Line, strings.TrimSpace(d.Summary))
			continue
		}
		below, ok := strings.CutPrefix(d.Path, valuesKey)
		if !ok {
			below = ""
		}
		r.problems.Add(at.Below(below), "%s", strings.TrimSpace(d.Summary))
	}
}
