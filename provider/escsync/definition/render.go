// Package definition renders the definition of the ESC environment from which a sync's target reads its values.
//
// Everything here is pure: it works on property.Value, where secrets and unknown values are explicit, and gives text.
//
// # Why the payload stands inline
//
// ESC merges objects of one path from imports into the importing environment. Were the values put below a key of their
// own (`sync.awsSecretsManager.value`) and referred to from the payload, an imported environment that has the same key
// would add its values to what is pushed, unseen. Inside the arguments of a function nothing is merged, so the values
// stand in the payload's own expression.
//
// # Why secrets are JSON inside fn::secret
//
// `fn::secret` takes a string only, and ESC interpolates in it: a `$` would be rejected, or be doubled once the service
// has stored it encrypted. So a secret is its JSON text, each `$` written \u0024, inside fn::fromJSON.
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
	// PayloadKey is the configuration key that holds the payload. Without a namespace it takes the one of the target
	// program's project.
	PayloadKey = "payload"

	valuesKey       = "values"
	importsKey      = "imports"
	pulumiConfigKey = "pulumiConfig"
	syncKey         = "sync"
)

// Spec is what a definition is rendered from. No part of it may hold an unknown value: see [Known] and [Assumed].
type Spec struct {
	// Imports are references to environments, `project/environment[@version]`.
	Imports []string
	// Value is what is pushed. Its plain strings may hold ESC interpolations, its secrets are literal.
	Value property.Value
	// EnvironmentValues are further ESC values: login providers, environment variables, Pulumi configuration. They may
	// use every ESC function.
	EnvironmentValues property.Value
	// Platform is the key of the destination, such as "awsSecretsManager", or [Custom].
	Platform string
	// Name is the name of the secret on the platform. Null where the platform has none.
	Name property.Value
	// Target are the instructions to the target program. All of it is literal.
	Target property.Map
	// PulumiConfig is configuration for the target's providers, such as "aws:region". All of it is literal.
	PulumiConfig property.Map
	// Environment is the reference of the environment itself, `project/environment`, which it cannot import. Empty if it
	// is not known yet.
	Environment string
	// Project is the Pulumi project of the target program: the namespace of the configuration that names none.
	Project string
	// Partial says that a preview does not know all of Imports and EnvironmentValues, so that ESC's parser cannot judge
	// the whole.
	Partial bool
}

// Result is a rendered definition and what is to be said of it.
type Result struct {
	// Text is the definition, in YAML. It holds secrets in plain text.
	Text string
	// Problems are failures, Warnings what works but may not be meant.
	Problems, Warnings problem.List
}

// Known tells whether a value can be rendered: whether nothing in it is unknown, as it may be at preview.
func Known(values ...property.Value) bool {
	for _, v := range values {
		if v.HasComputed() {
			return false
		}
	}
	return true
}

// Assumed returns a value with a text in place of each part that is unknown. What is rendered of it can be checked, and
// is no definition.
func Assumed(v property.Value) property.Value {
	return walk.Map(v, func(v property.Value) (property.Value, bool) {
		if v.IsComputed() {
			return property.WithGoValue(v, "unknown"), true
		}
		return v, true
	})
}

// Render returns the definition for a spec. Where there are problems the text is empty.
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

// literal tells whether ESC interprets nothing but what this package writes itself. Its parser takes longer than all
// else that becomes of such a definition, and has nothing to find.
func (s Spec) literal() bool {
	for v := range walk.All(s.Value) {
		if v.IsString() && strings.Contains(v.AsString(), "$") {
			return false
		}
	}
	return s.EnvironmentValues.IsNull()
}

// setPayload adds what the target program gets: the block of the platform that key names, with the instructions and
// what the references inside its texts stand for. The seal makes the whole secret, whatever is in it.
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

// block is the platform's entry below sync: the name, if the platform has one, and the value.
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

// checked renders, and lets ESC's own parser read the whole: a function that does not exist, or is used wrongly. Each
// interpolation was read by itself before, so what is left to find is below at.
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

// encoded makes an object one opaque string. As an object it would lose: secret numbers and booleans arrive as plain
// configuration, large integers lose digits, and a string that looks like JSON is parsed.
func encoded(object *yaml.Node) *yaml.Node {
	return mapping("fn::toBase64", mapping("fn::toJSON", object))
}

// jsonText returns a value as JSON, with every $ escaped so that ESC does not interpolate in it.
func jsonText(value any) (string, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", fmt.Errorf("encoding as JSON: %w", err)
	}
	return string(bytes.ReplaceAll(bytes.TrimSpace(out.Bytes()), []byte("$"), []byte(`\u0024`))), nil
}
