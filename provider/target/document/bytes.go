package document

import (
	"encoding/base64"
	"errors"
)

var errNotBase64 = errors.New("is not base64: it must have the standard alphabet with + and /, padding and no spaces")

// Decoded returns the bytes that a text is the base64 of. It takes one form only, that of RFC 4648, section 4, which
// may have line breaks: a text in another alphabet, or with bits to spare, is more often than not no base64, or a part
// of one. The error never holds any of the text.
func (t Text) Decoded() (Text, error) {
	if t.Unknown {
		return Text{Unknown: true, Binary: true, Written: t.Written}, nil
	}
	decoded, err := base64.StdEncoding.Strict().DecodeString(t.Value)
	if err != nil {
		return Text{}, errNotBase64 // The decoder's own error tells where, which says something of the text.
	}
	return Text{Value: string(decoded), Binary: true}, nil
}

// Base64 is the base64 of the bytes that a text has, "" while it is unknown.
func (t Text) Base64() string {
	return base64.StdEncoding.EncodeToString([]byte(t.Value))
}
