package definition

import (
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// Custom is the platform key of a destination that a program of the user's own writes to.
const Custom = "custom"

const (
	// handoverKey is the top-level key of what a custom program gets.
	handoverKey = "escsync"
	// HandoverPath is where `pulumi env open` finds what becomes the file: base64, so that every byte arrives. A string
	// is opened with a newline more than it has, and a missing path as the text null, which is no base64 of any text.
	HandoverPath = handoverKey + ".file"
	// SecretNameKey is the configuration key with the name of the secret, as in the published pattern.
	SecretNameKey = "secretName"
)

// handedOver is the value as the text of the file: JSON for an object or a list, and else the text itself.
func (r *renderer) handedOver(spec Spec) *yaml.Node {
	value := r.node(problem.At("value"), spec.Value, interpolated)
	if spec.Value.IsMap() || spec.Value.IsArray() || spec.Value.IsNumber() || spec.Value.IsBool() {
		return mapping("fn::toJSON", value)
	}
	return value
}

// name is the name of the secret on the platform, or nil if it has none.
func (r *renderer) name(spec Spec) *yaml.Node {
	if spec.Name.IsNull() {
		return nil
	}
	return r.node(problem.At("destination").Key(spec.Platform).Key("name"), spec.Name, literal)
}

// addHandover adds what a custom program gets: the file, and the name as configuration, which reaches the program with
// the environment and needs no shell.
func (r *renderer) addHandover(values, file, name *yaml.Node, at problem.Path) {
	if child(values, handoverKey) != nil {
		r.problems.Add(at.Key(handoverKey), "is the sync's own: use another key")
		return
	}
	values.Content = append(values.Content, text(handoverKey), mapping("file", mapping("fn::toBase64", file)))
	if name != nil {
		r.setPulumiConfig(values, SecretNameKey, name, at)
	}
}

// completeHandover adds to a user's own definition what a custom program gets, from the block that key names.
func (r *renderer) completeHandover(values *yaml.Node, key string, spec Spec, at problem.Path) {
	reference := func(property string) *yaml.Node { return text("${" + syncKey + "." + key + "." + property + "}") }
	name := r.name(spec)
	file := mapping("fn::toJSON", reference("value"))
	if sync := child(values, syncKey); sync != nil {
		if block := child(sync, key); block != nil {
			if name == nil && child(block, "name") != nil {
				name = reference("name")
			}
			if value := child(block, "value"); value != nil && value.Kind == yaml.ScalarNode {
				file = reference("value")
			}
		}
	}
	r.addHandover(values, file, name, at)
}

// blockKey returns the key below sync that a definition is about: the platform itself, or for a custom program the
// only one there is.
func (r *renderer) blockKey(values *yaml.Node, platform string, settings property.Map, at problem.Path) string {
	if platform != Custom {
		return platform
	}
	if key := settings.Get("syncKey"); key.IsString() {
		return key.AsString()
	}
	sync := child(values, syncKey)
	if sync == nil || sync.Kind != yaml.MappingNode || len(sync.Content) != 2 {
		r.problems.Add(at.Key(valuesKey).Key(syncKey),
			"must have exactly one block, or destination.custom.syncKey must say which one is meant")
		return ""
	}
	return sync.Content[0].Value
}
