package definition

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// Complete adds to a user's own definition what the target program needs: the payload, made from the definition's
// `sync.<platform>` block, and the configuration of the target's providers. Comments stay.
func Complete(source, platform string, target, pulumiConfig property.Map) Result {
	r := &renderer{}
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
	if r.escErrors(at, source); len(r.problems) > 0 {
		return r.result(nil)
	}
	root := document.Content[0]
	values := child(root, valuesKey)
	if values == nil || values.Kind != yaml.MappingNode {
		values = &yaml.Node{Kind: yaml.MappingNode}
		root.Content = append(root.Content, text(valuesKey), values)
	}
	hasImports := child(root, importsKey) != nil
	if block := child(values, syncKey); block != nil && !hasImports && child(block, platform) == nil {
		r.problems.Add(at.Key(valuesKey).Key(syncKey), "has no %s, which is the destination", platform)
	} else if block == nil && !hasImports {
		r.problems.Add(at.Key(valuesKey), "has no sync.%s block with the value to push", platform)
	}
	payload := mapping(
		"seal", mapping(secretFunction, text("1")),
		syncKey, mapping(platform, text("${"+syncKey+"."+platform+"}")),
		"target", r.node(problem.At("destination"), property.New(target), literal),
	)
	r.addPulumiConfig(values, encoded(payload), pulumiConfig, at.Key(valuesKey))
	return r.result(root)
}

// escErrors reports what ESC's parser says of a definition, by line.
func (r *renderer) escErrors(at problem.Path, source string) {
	_, diagnostics, err := eval.LoadYAMLBytes("definition", []byte(source))
	if err != nil {
		r.problems.Add(at, "is not an ESC definition")
		return
	}
	for _, d := range diagnostics {
		if d.Subject != nil {
			r.problems.Add(at, "line %d: %s", d.Subject.Start.Line, strings.TrimSpace(d.Summary))
		} else {
			r.problems.Add(at, "%s", strings.TrimSpace(d.Summary))
		}
	}
}
