package definition

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// Imports lists what a definition imports, in order, as project/name with the version that is pinned; "" for what is no
// name.
func Imports(source string) []string {
	var root struct {
		Imports []yaml.Node `yaml:"imports"`
	}
	if yaml.Unmarshal([]byte(source), &root) != nil {
		return nil
	}
	names := make([]string, len(root.Imports))
	for i, item := range root.Imports {
		if item.Kind == yaml.MappingNode && len(item.Content) == 2 { // with options
			item = *item.Content[0]
		}
		if item.Kind != yaml.ScalarNode {
			continue
		}
		names[i] = item.Value
		if !strings.Contains(item.Value, "/") {
			names[i] = legacyProject + "/" + item.Value
		}
	}
	return names
}
