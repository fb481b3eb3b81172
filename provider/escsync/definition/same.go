package definition

import (
	"gopkg.in/yaml.v3"
)

// Same reports whether two texts are the same definition, apart from style and comments. The service may change those
// when it encrypts and decrypts secrets.
func Same(a, b string) bool {
	var first, second yaml.Node
	if yaml.Unmarshal([]byte(a), &first) != nil || yaml.Unmarshal([]byte(b), &second) != nil {
		return false
	}
	return sameNode(&first, &second)
}

func sameNode(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || a.ShortTag() != b.ShortTag() || len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if !sameNode(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}
