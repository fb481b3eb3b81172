package run

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// digest is one text for a set of triggers, whatever their kinds. It is kept as a secret: a digest of a short secret
// can be guessed.
func digest(triggers map[string]any) string {
	if triggers == nil {
		triggers = map[string]any{}
	}
	// Maps are written with sorted keys.
	text, err := json.Marshal(triggers)
	if err != nil { // infinity, which JSON does not have, and fmt does; it sorts keys, too
		text = fmt.Append(nil, triggers)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
