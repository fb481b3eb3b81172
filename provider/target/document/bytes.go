package document

import (
	"encoding/base64"
	"errors"
)

var errNotBase64 = errors.New("is not base64: it must have the standard alphabet with + and /, padding and no spaces")

// Decoded decodes the text from base64. It accepts only standard base64 (RFC 4648, section 4), with or without line
// breaks. A text with another alphabet or nonzero trailing bits is usually not base64 at all, or truncated. The error
// never contains any of the text.
func (t Text) Decoded() (Text, error) {
	if t.Unknown {
		return Text{Unknown: true, Binary: true, Written: t.Written}, nil
	}
	decoded, err := base64.StdEncoding.Strict().DecodeString(t.Value)
	if err != nil {
		return Text{}, errNotBase64 // The decoder's own error gives a position, which reveals something about the text.
	}
	return Text{Value: string(decoded), Binary: true}, nil
}

// Base64 returns the text's bytes in base64, or "" if the text is unknown.
func (t Text) Base64() string {
	return base64.StdEncoding.EncodeToString([]byte(t.Value))
}
