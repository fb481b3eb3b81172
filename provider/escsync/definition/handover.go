package definition

import (
	"strings"
	"unicode"

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
	// is opened with a newline more than it has, and a missing path as an empty line, or as null where JSON is asked for.
	HandoverPath = handoverKey + ".file"
	// HandoverTextPath is there where only ESC knows whether the value is a string: HandoverPath then holds it as JSON,
	// and this holds the text itself, which counts if the JSON is that of a string. Base64, too.
	HandoverTextPath = handoverKey + ".text"
	// SecretNameKey is the configuration key with the name of the secret, as in the published pattern.
	SecretNameKey = "secretName"
)

// handed is the value as the text of the file, with the text that counts instead where the value turns out to be a
// string.
type handed struct{ file, text *yaml.Node }

// handedOver is JSON for an object or a list, and else the text itself. What a string with an interpolation stands for,
// `${db}` for example, may be either.
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

// handedReference is what an interpolation stands for.
func handedReference(s string) handed {
	return handed{file: mapping("fn::toJSON", text(s)), text: mapping("fn::toString", text(s))}
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
func (r *renderer) addHandover(values *yaml.Node, value handed, name *yaml.Node, at problem.Path) {
	if child(values, handoverKey) != nil {
		r.problems.Add(at.Key(handoverKey), "is the sync's own: use another key")
		return
	}
	beside := plain("!!null", "null") // said, as ESC would take that of an import that is another sync's environment
	if value.text != nil {
		beside = mapping("fn::toBase64", value.text)
	}
	values.Content = append(values.Content, text(handoverKey),
		mapping("file", mapping("fn::toBase64", value.file), "text", beside))
	if name != nil {
		r.setPulumiConfig(values, SecretNameKey, name, at)
	}
}

// completeHandover adds to a user's own definition what a custom program gets, from the block that key names.
func (r *renderer) completeHandover(values *yaml.Node, key string, spec Spec, at problem.Path) {
	name := r.name(spec)
	if sync := child(values, syncKey); sync != nil {
		if block := child(sync, key); block != nil && name == nil && child(block, "name") != nil {
			name = text(reference(syncKey, key, "name"))
		}
	}
	r.addHandover(values, handedReference(reference(syncKey, key, "value")), name, at)
}

// reference is the interpolation of a path, which ESC writes as Pulumi does. For the keys it can name see checkedKey.
func reference(keys ...string) string {
	var path problem.Path
	for _, key := range keys {
		path = path.Key(key)
	}
	return "${" + path.String() + "}"
}

// blockKey returns the key below sync that a definition is about: the platform itself, or for a custom program the
// only one there is.
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

// checkedKey refuses the keys that no ESC reference can name: it takes a backslash for an escape in one place and not
// in another, so none may be needed, and a key of its own with a $ for an interpolation.
func (r *renderer) checkedKey(key string, at problem.Path) string {
	unprinted := func(c rune) bool { return !unicode.IsPrint(c) }
	if key == "" || strings.ContainsAny(key, "$\\") || strings.ContainsFunc(key, unprinted) {
		r.problems.Add(at, "must have a key without $, backslashes or unprintable characters")
	}
	return key
}
