package ownership

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

const hashLength = 12

// encode returns text as it is if every character is safe and it is short enough; else with hyphens for the others, cut
// to the length, and a hash of the original at its end, so that two ids never become one.
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
