// Package definition renders the definition of the ESC environment from which a sync's target reads its values.
//
// Everything here is pure: it converts property.Value, in which secrets and unknown values are explicit, to text.
//
// # Why the payload contains the values
//
// ESC merges objects at the same path of imports and the importing environment. If the values had their own key
// (`sync.awsSecretsManager.value`) and the payload referred to it, an imported environment with the same key would
// silently add its values to what is pushed. ESC merges nothing inside the arguments of a function, so the values are
// written into the payload's own expression.
//
// # Why secrets are JSON inside fn::secret
//
// `fn::secret` accepts only a string, and ESC interpolates it: a `$` would be rejected, or doubled once the service has
// encrypted it. So a secret is rendered as JSON inside fn::fromJSON, with each `$` written as \u0024.
package definition

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/walk"
)

const (
	// PayloadKey is the configuration key of the payload. Without a namespace, the CLI reads it in that of the target
	// program's project.
	PayloadKey = "payload"

	valuesKey       = "values"
	importsKey      = "imports"
	pulumiConfigKey = "pulumiConfig"
	syncKey         = "sync"
)

// Spec is the input of Render and Complete. It must not contain unknown values: see [Known] and [Assumed].
type Spec struct {
	// Imports are references to environments, `project/environment[@version]`.
	Imports []string
	// Value is the value to push. Its plain strings may contain ESC interpolations. Its secrets are literal.
	Value property.Value
	// EnvironmentValues are further ESC values, such as login providers, environment variables and Pulumi configuration.
	// They may use every ESC function.
	EnvironmentValues property.Value
	// Platform is the key of the destination, such as "awsSecretsManager", or [Custom].
	Platform string
	// Name is the name of the secret on the platform, or null if the platform has none.
	Name property.Value
	// Target contains the instructions to the target program. All of it is literal.
	Target property.Map
	// PulumiConfig configures the target's providers, such as "aws:region". All of it is literal.
	PulumiConfig property.Map
	// Environment is the reference of the environment itself, `project/environment`, which it cannot import. "" means
	// unknown.
	Environment string
	// Project is the Pulumi project of the target program, and the default namespace of configuration keys.
	Project string
	// Partial reports whether a preview does not know all of Imports and EnvironmentValues, so that ESC's parser cannot
	// check the whole definition.
	Partial bool
}

// Result is a rendered definition with its problems and warnings.
type Result struct {
	// Text is the definition, in YAML. It contains secrets in plain text. It is empty if there are problems.
	Text string
	// Problems fail the operation. Warnings are about values that work but are probably not intended.
	Problems, Warnings problem.List
}

// Known reports whether values can be rendered: nothing in them is unknown.
func Known(values ...property.Value) bool {
	for _, v := range values {
		if v.HasComputed() {
			return false
		}
	}
	return true
}

// Assumed replaces each unknown part of a value with a text. The result can be rendered to check it, but must not be
// used as a definition.
func Assumed(v property.Value) property.Value {
	return walk.Map(v, func(v property.Value) (property.Value, bool) {
		if v.IsComputed() {
			return property.WithGoValue(v, "unknown"), true
		}
		return v, true
	})
}

// Render returns the definition for a spec. Its text is empty if there are problems.
func Render(spec Spec) Result {
	r := &renderer{project: spec.Project}
	root := &yaml.Node{Kind: yaml.MappingNode}
	if len(spec.Imports) > 0 {
		list := &yaml.Node{Kind: yaml.SequenceNode}
		for _, ref := range spec.Imports {
			list.Content = append(list.Content, text(ref))
		}
		root.Content = append(root.Content, text(importsKey), list)
	}
	values := r.environmentValues(spec.EnvironmentValues)
	at := problem.At("environmentValues")
	r.addPulumiConfig(values, spec.PulumiConfig, at)
	if spec.Platform == Custom {
		r.addHandover(values, r.handedOver(spec), r.name(spec), at)
	} else {
		block := r.block(spec)
		r.setPayload(values, spec.Platform, block, spec, textReferences(values, child(block, "value")), at)
	}
	root.Content = append(root.Content, text(valuesKey), values)
	if spec.Partial || spec.literal() {
		return r.result(root)
	}
	return r.checked(root, at)
}

// literal reports whether ESC interprets only what this package writes. Such a definition needs no check by ESC's
// parser, which is the slowest step.
func (s Spec) literal() bool {
	for v := range walk.All(s.Value) {
		if v.IsString() && strings.Contains(v.AsString(), "$") {
			return false
		}
	}
	return s.EnvironmentValues.IsNull()
}

// setPayload adds the payload for the target program: the platform's block at key, the instructions, and the values of
// the references inside its texts. The seal makes all of it secret.
func (r *renderer) setPayload(
	values *yaml.Node, key string, block *yaml.Node, spec Spec, inside []textReference, at problem.Path,
) {
	target := r.node(problem.At("destination"), property.New(spec.Target), literal)
	if len(inside) > 0 {
		list := &yaml.Node{Kind: yaml.SequenceNode}
		for _, reference := range inside {
			list.Content = append(list.Content, reference.node())
		}
		target.Content = append(target.Content, text(referencesKey), list)
	}
	r.setPulumiConfig(values, PayloadKey, encoded(mapping(
		"seal", mapping(secretFunction, text("1")),
		syncKey, mapping(key, block),
		"target", target,
	)), at)
}

// block returns the platform's entry below sync: the name, if the platform has one, and the value.
func (r *renderer) block(spec Spec) *yaml.Node {
	block := &yaml.Node{Kind: yaml.MappingNode}
	if !spec.Name.IsNull() {
		block.Content = append(block.Content, text("name"), r.name(spec))
	}
	block.Content = append(block.Content, text("value"), r.node(problem.At("value"), spec.Value, interpolated))
	return block
}

func (r *renderer) environmentValues(values property.Value) *yaml.Node {
	if !values.IsMap() {
		return &yaml.Node{Kind: yaml.MappingNode}
	}
	at := problem.At("environmentValues")
	node := r.node(at, values, expression)
	r.warnOfRotators(node, at)
	return node
}

// checked renders the definition and checks it with ESC's parser, which finds unknown or misused functions. Every
// interpolation was checked before, so all new problems are below at.
func (r *renderer) checked(root *yaml.Node, at problem.Path) Result {
	result := r.result(root)
	if len(result.Problems) > 0 {
		return result
	}
	if read := r.escErrors(at, result.Text, false); len(r.problems) == 0 {
		r.report(at, read.deadReferences(), false)
	}
	if len(r.problems) > 0 {
		return r.result(root)
	}
	return result
}

func (r *renderer) result(root *yaml.Node) Result {
	r.problems.Sort()
	r.warnings.Sort()
	result := Result{Problems: r.problems, Warnings: r.warnings}
	if len(r.problems) > 0 {
		return result
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		result.Problems.Add(problem.At("value"), "rendering the environment: %s", err)
		return result
	}
	result.Text = out.String()
	return result
}

// encoded turns an object into one opaque string. Passed as an object, secret numbers and booleans would arrive as
// plain configuration, large integers would lose digits, and strings that look like JSON would be parsed.
func encoded(object *yaml.Node) *yaml.Node {
	return mapping("fn::toBase64", mapping("fn::toJSON", object))
}

// jsonText returns a value as JSON, with every $ escaped so that ESC does not interpolate it.
func jsonText(value any) (string, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", fmt.Errorf("encoding as JSON: %w", err)
	}
	return string(bytes.ReplaceAll(bytes.TrimSpace(out.Bytes()), []byte("$"), []byte(`\u0024`))), nil
}
