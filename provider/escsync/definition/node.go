package definition

import (
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/walk"
)

// mode is the meaning of plain strings and keys in a value.
type mode int

const (
	// literal uses every string as it is.
	literal mode = iota
	// interpolated reads a string with ${...} as an ESC interpolation, and uses keys as they are.
	interpolated
	// expression is interpolated, and keys that begin with fn:: are ESC functions.
	expression
)

const (
	functionPrefix     = "fn::"
	secretFunction     = "fn::secret"
	fromBase64Function = "fn::fromBase64"
)

type renderer struct {
	project            string
	problems, warnings problem.List
}

// node renders a value. Problems name its path, and never quote the value.
func (r *renderer) node(path problem.Path, value property.Value, m mode) *yaml.Node {
	switch {
	case value.Secret() && m == expression && !hasInterpolation(value) && (value.IsMap() || value.IsArray()):
		// As one secret JSON text, its functions would be data, and other tools could not read it as an object.
		return r.node(path, leavesSecret(value), m)
	case value.Secret():
		return r.secret(path, value, m)
	case value.IsNull():
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
	case value.IsBool():
		return plain("!!bool", map[bool]string{true: "true", false: "false"}[value.AsBool()])
	case value.IsNumber():
		return r.number(path, value.AsNumber())
	case value.IsString():
		return r.str(path, value.AsString(), m)
	case value.IsArray():
		list := &yaml.Node{Kind: yaml.SequenceNode}
		for i, item := range value.AsArray().All {
			list.Content = append(list.Content, r.node(path.Index(i), item, m))
		}
		return list
	case value.IsMap():
		return r.object(path, value.AsMap(), m)
	default:
		r.problems.Add(path, "cannot be pushed: give a string, number, boolean, list or object, not an asset or a resource")
		return text("")
	}
}

func (r *renderer) object(path problem.Path, object property.Map, m mode) *yaml.Node {
	if secret, ok := object.GetOk(secretFunction); ok && m == expression && object.Len() == 1 {
		return r.secret(path, secret, m)
	}
	node := &yaml.Node{Kind: yaml.MappingNode}
	for key, item := range object.AllStable {
		at := path.Key(key)
		if strings.HasPrefix(strings.ToLower(key), functionPrefix) && m != expression {
			r.problems.Add(at, "a key cannot begin with %q: ESC would read it as a function. Put functions into "+
				"environmentValues, and refer to their results with ${...}", functionPrefix)
			continue
		}
		// ESC interpolates keys as well.
		value := r.node(at, item, m)
		r.checkKey(at, key, value)
		node.Content = append(node.Content, text(escaped(key)), value)
	}
	return node
}

func (r *renderer) str(path problem.Path, s string, m mode) *yaml.Node {
	if m == literal || !strings.Contains(s, "${") {
		return text(escaped(s))
	}
	for _, reason := range interpolationErrors(s) {
		r.problems.Add(path, "%s", reason)
	}
	if doubledDollar.MatchString(s) {
		r.warnings.Add(path, "contains $$, which means one $ in a text with interpolations: write $$$$ for two")
	}
	if strings.Contains(s, "$${") {
		r.warnings.Add(path, "contains $${, which means the text ${ and interpolates nothing. (In Pulumi YAML an "+
			"interpolation is written $${...}, in every other language ${...})")
	}
	return text(s)
}

// doubledDollar matches an escaped dollar sign outside an escaped interpolation, which has its own warning.
var doubledDollar = regexp.MustCompile(`\$\$([^{]|$)`)

// escaped returns text that ESC reads as s.
func escaped(s string) string {
	return strings.ReplaceAll(s, "$", "$$")
}

func (r *renderer) number(path problem.Path, f float64) *yaml.Node {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		r.problems.Add(path, "must be a finite number")
		return text("")
	}
	encoded, err := json.Marshal(f)
	if err != nil {
		r.problems.Add(path, "must be a number that JSON can represent")
		return text("")
	}
	switch digits := string(encoded); {
	case digits == "-0":
		return plain("!!float", "-0.0") // an integer cannot have this sign
	case math.Abs(f) < 1<<63 && !strings.ContainsAny(digits, ".e"): // YAML refuses integers beyond 64 bits
		return plain("!!int", digits)
	case escFloat(f) == digits:
		return plain("!!float", digits)
	default: // ESC would write it with an exponent
		return mapping("fn::fromJSON", text(digits))
	}
}

// secret renders a secret value of any type. Nothing in it is interpolated.
func (r *renderer) secret(path problem.Path, value property.Value, m mode) *yaml.Node {
	if m != literal && hasInterpolation(value) {
		if value.IsString() {
			r.warnings.Add(path, "is secret and contains ${, which stays as it is: secrets are not interpolated")
		} else {
			r.problems.Add(path, "is secret as a whole and contains ${...} inside, which would not be interpolated: make just "+
				"the secret leaves secret (an object built inside an apply is secret as a whole)")
		}
	}
	encoded, err := jsonText(r.goValue(path, value))
	if err != nil {
		r.problems.Add(path, "must be a value that JSON can represent")
		return text("")
	}
	return mapping("fn::fromJSON", mapping(secretFunction, text(encoded)))
}

// goValue converts a value for encoding/json, without its secretness.
func (r *renderer) goValue(path problem.Path, value property.Value) any {
	switch {
	case value.IsNull():
		return nil
	case value.IsBool():
		return value.AsBool()
	case value.IsNumber():
		return value.AsNumber()
	case value.IsString():
		return value.AsString()
	case value.IsArray():
		list := make([]any, 0, value.AsArray().Len())
		for i, item := range value.AsArray().All {
			list = append(list, r.goValue(path.Index(i), item))
		}
		return list
	case value.IsMap():
		object := make(map[string]any, value.AsMap().Len())
		for key, item := range value.AsMap().All {
			object[key] = r.goValue(path.Key(key), item)
		}
		return object
	default:
		r.problems.Add(path, "cannot be pushed: give a string, number, boolean, list or object, not an asset or a resource")
		return nil
	}
}

// leavesSecret moves the secretness of an object or a list to its direct children.
func leavesSecret(value property.Value) property.Value {
	secret := func(item property.Value) property.Value { return item.WithSecret(true) }
	return walk.Children(value.WithSecret(false), secret)
}

func hasInterpolation(value property.Value) bool {
	for v := range walk.All(value) {
		if v.IsString() && strings.Contains(v.AsString(), "${") {
			return true
		}
	}
	return false
}

func text(s string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if strings.ContainsAny(s, "\n\r\t\"'\\ #") || strings.TrimSpace(s) != s {
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}

func plain(tag, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}

// mapping returns an object of alternating keys and nodes.
func mapping(pairs ...any) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode}
	for pair := range slices.Chunk(pairs, 2) {
		node.Content = append(node.Content, text(pair[0].(string)), pair[1].(*yaml.Node))
	}
	return node
}

// child returns the value of an object's key, or nil.
func child(object *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(object.Content); i += 2 {
		if object.Content[i].Value == key {
			return object.Content[i+1]
		}
	}
	return nil
}
