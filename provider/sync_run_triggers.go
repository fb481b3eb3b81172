package provider

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// digest is one text for a set of triggers, whatever their kinds. It is kept as a secret: a digest of a short secret
// can be guessed.
func digest(triggers map[string]any) string {
	if triggers == nil {
		triggers = map[string]any{}
	}
	// Maps are written with sorted keys. Values of other kinds than JSON's cannot come in but as assets, and those have
	// public fields.
	text, err := json.Marshal(triggers)
	if err != nil {
		text = []byte(err.Error())
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
