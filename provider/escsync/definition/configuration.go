package definition

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// spellings returns the keys of values.pulumiConfig that the Pulumi CLI reads as the same key, starting with key
// itself: `payload`, `project:payload` and `project:config:payload`. Without a project it returns only those that need
// none. Source: toConfigMap in the CLI's pkg/workspace/config.go, and config.ParseKey in its SDK.
func (r *renderer) spellings(key string) []string {
	namespace, name, namespaced := strings.Cut(key, ":")
	if !namespaced {
		namespace, name = r.project, key
	}
	all := []string{key}
	if namespace == "" {
		return all
	}
	for _, other := range []string{name, namespace + ":" + name, namespace + ":config:" + name} {
		if other != key && (other != name || namespace == r.project) {
			all = append(all, other)
		}
	}
	return all
}

// addPulumiConfig adds the configuration of the target's providers to values.pulumiConfig.
func (r *renderer) addPulumiConfig(values *yaml.Node, config property.Map, at problem.Path) {
	for key, value := range config.AllStable {
		r.setPulumiConfig(values, key, r.node(problem.At("destination"), value, literal), at)
	}
}

// setPulumiConfig sets a key of values.pulumiConfig. It refuses a key that exists in any spelling: ESC merges the
// values with those of imported environments, and the CLI picks one of two spellings at random.
func (r *renderer) setPulumiConfig(values *yaml.Node, key string, value *yaml.Node, at problem.Path) {
	config := child(values, pulumiConfigKey)
	if config == nil {
		config = &yaml.Node{Kind: yaml.MappingNode}
		values.Content = append(values.Content, text(pulumiConfigKey), config)
	}
	at = at.Key(pulumiConfigKey)
	if config.Kind != yaml.MappingNode {
		r.problems.AddOnce(at, "must be an object: the sync adds to it")
		return
	}
	for _, spelling := range r.spellings(key) {
		if child(config, spelling) != nil {
			r.problems.Add(at.Key(spelling), "is set by the sync: remove it here")
			continue
		}
		config.Content = append(config.Content, text(spelling), value)
		value = text(reference(pulumiConfigKey, key))
	}
}
