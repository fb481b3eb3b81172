package definition

import (
	"strings"
	"unicode"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// Custom is the key of the destination that a user's own program writes to.
const Custom = "custom"

const (
	// handoverKey is the top-level key of the values for a custom program.
	handoverKey = "escsync"
	// HandoverPath is the path, for `pulumi env open`, of the file's content. It is base64 to preserve every byte: `pulumi
	// env open` adds a newline to a string, and prints a missing path as an empty line, or as null in JSON.
	HandoverPath = handoverKey + ".file"
	// HandoverTextPath exists if only ESC knows whether the value is a string. HandoverPath then contains the value as
	// JSON, and HandoverTextPath its text, also as base64. The text counts if the JSON is a string.
	HandoverTextPath = handoverKey + ".text"
	// SecretNameKey is the configuration key of the secret's name, as in the pattern.
	SecretNameKey = "secretName"
)

// handed is the content of the file. text replaces it if the value turns out to be a string.
type handed struct{ file, text *yaml.Node }

// handedOver returns JSON for an object, a list, a number or a boolean, and otherwise the text itself. Only ESC knows
// which of them a string with an interpolation, such as `${db}`, becomes.
func (r *renderer) handedOver(spec Spec) handed {
	value := func() *yaml.Node { return r.node(problem.At("value"), spec.Value, interpolated) }
	switch v := spec.Value; {
	case v.IsMap(), v.IsArray(), v.IsNumber(), v.IsBool():
		return handed{file: mapping("fn::toJSON", value())}
	case v.IsString() && !v.Secret() && hasInterpolation(v):
		return handedReference(v.AsString())
	}
	return handed{file: value()}
}

// handedReference returns the content of the file for a string with an interpolation.
func handedReference(s string) handed {
	return handed{file: mapping("fn::toJSON", text(s)), text: mapping("fn::toString", text(s))}
}

// name returns the name of the secret on the platform, or nil if it has none.
func (r *renderer) name(spec Spec) *yaml.Node {
	if spec.Name.IsNull() {
		return nil
	}
	return r.node(problem.At("destination").Key(spec.Platform).Key("name"), spec.Name, literal)
}

// addHandover adds the values for a custom program: the file, and the name as configuration. Configuration reaches the
// program with the environment, without a shell.
func (r *renderer) addHandover(values *yaml.Node, value handed, name *yaml.Node, at problem.Path) {
	if child(values, handoverKey) != nil {
		r.problems.Add(at.Key(handoverKey), "is the sync's own: use another key")
		return
	}
	beside := plain("!!null", "null") // explicit, so that ESC does not merge that of an imported sync's environment
	if value.text != nil {
		beside = mapping("fn::toBase64", value.text)
	}
	values.Content = append(values.Content, text(handoverKey),
		mapping("file", mapping("fn::toBase64", value.file), "text", beside))
	if name != nil {
		r.setPulumiConfig(values, SecretNameKey, name, at)
	}
}

// completeHandover adds the values for a custom program to a user's own definition. key names its block below sync.
func (r *renderer) completeHandover(values *yaml.Node, key string, spec Spec, at problem.Path) {
	name := r.name(spec)
	if sync := child(values, syncKey); sync != nil {
		if block := child(sync, key); block != nil && name == nil && child(block, "name") != nil {
			name = text(reference(syncKey, key, "name"))
		}
	}
	r.addHandover(values, handedReference(reference(syncKey, key, "value")), name, at)
}

// reference returns the interpolation of a path. ESC writes paths like Pulumi. See checkedKey for valid keys.
func reference(keys ...string) string {
	var path problem.Path
	for _, key := range keys {
		path = path.Key(key)
	}
	return "${" + path.String() + "}"
}

// blockKey returns the key of the definition's block below sync: the platform, or for a custom program the configured
// key, else the only one.
func (r *renderer) blockKey(values *yaml.Node, platform string, settings property.Map, at problem.Path) string {
	if platform != Custom {
		return platform
	}
	if key := settings.Get("syncKey"); key.IsString() {
		return r.checkedKey(key.AsString(), problem.At("destination").Key(Custom).Key("syncKey"))
	}
	sync := child(values, syncKey)
	if sync == nil || sync.Kind != yaml.MappingNode || len(sync.Content) != 2 {
		r.problems.Add(at.Key(valuesKey).Key(syncKey),
			"must have exactly one block, or destination.custom.syncKey must say which one is meant")
		return ""
	}
	return r.checkedKey(sync.Content[0].Value, at.Key(valuesKey).Key(syncKey))
}

// checkedKey reports keys that no ESC reference can name. ESC treats a backslash as an escape in some places and not in
// others, and `$` as an interpolation.
func (r *renderer) checkedKey(key string, at problem.Path) string {
	unprinted := func(c rune) bool { return !unicode.IsPrint(c) }
	if key == "" || strings.ContainsAny(key, "$\\") || strings.ContainsFunc(key, unprinted) {
		r.problems.Add(at, "must have a key without $, backslashes or unprintable characters")
	}
	return key
}
