package definition

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// checkKey reports a key of an object that has a secret below it and ends in a backslash. ESC stores such a secret and
// opens it, but can no longer show the definition: it finds the secret by a path in which `["key\"]` has no end.
func (r *renderer) checkKey(at problem.Path, key string, value *yaml.Node) {
	if strings.HasSuffix(key, `\`) && containsSecret(value) {
		r.problems.AddOnce(at, "a key with a secret below it cannot end in a backslash: ESC could store the environment, "+
			"but not read it again. Use another key")
	}
}

// containsSecret reports whether ESC encrypts anything in a part of a definition.
func containsSecret(node *yaml.Node) bool {
	for i, item := range node.Content {
		isKey := node.Kind == yaml.MappingNode && i%2 == 0
		if isKey && item.Value == secretFunction || containsSecret(item) {
			return true
		}
	}
	return false
}
