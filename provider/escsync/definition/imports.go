package definition

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// Imports returns a definition's imports in order, as project/name with the pinned version, if any. An item that is not
// a name is "".
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
