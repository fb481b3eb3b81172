package definition

import (
	"gopkg.in/yaml.v3"
)

// Same tells whether two texts are one definition: style and comments left aside, which the service may have changed
// where it has encrypted secrets and decrypted them again.
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
