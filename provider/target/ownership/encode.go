package ownership

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

const hashLength = 12

// encode returns text unchanged if it is short enough and every character is safe. Otherwise it replaces unsafe
// characters with hyphens, truncates the text, and appends a hash of the original, so that different IDs stay
// different.
func encode(text string, safe func(rune) bool, maxLength int) string {
	clean := strings.Map(func(r rune) rune {
		if safe(r) {
			return r
		}
		return '-'
	}, text)
	if clean == text && len(text) <= maxLength {
		return text
	}
	sum := sha256.Sum256([]byte(text))
	suffix := "-" + hex.EncodeToString(sum[:])[:hashLength]
	if len(clean) > maxLength-len(suffix) {
		clean = clean[:maxLength-len(suffix)]
	}
	return clean + suffix
}
