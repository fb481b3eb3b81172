package run

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// digest hashes a set of triggers of any type. The state stores it as a secret, because a digest of a short secret can
// be guessed.
func digest(triggers map[string]any) string {
	if triggers == nil {
		triggers = map[string]any{}
	}
	// JSON sorts the keys of maps.
	text, err := json.Marshal(triggers)
	if err != nil { // infinity, which only fmt supports; fmt sorts keys too
		text = fmt.Append(nil, triggers)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
