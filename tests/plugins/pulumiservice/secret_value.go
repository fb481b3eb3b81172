package pulumiservice

import "encoding/json"

// secretValue is a value in a request or answer that may be secret: a plain string, {"secret": plaintext}, or
// {"ciphertext": base64}. The provider reads no other form: {"isSecret":…,"value":…} of newer API versions reads as
// an empty secret.
type secretValue struct {
	Value      string
	Ciphertext []byte
	Secret     bool
}

type secretWire struct {
	Secret     string `json:"secret,omitempty"`
	Ciphertext []byte `json:"ciphertext,omitempty"`
}

// MarshalJSON writes a plain value as text, and a secret one as an object.
func (v secretValue) MarshalJSON() ([]byte, error) {
	if v.Secret || len(v.Ciphertext) > 0 {
		return json.Marshal(secretWire{Secret: v.Value, Ciphertext: v.Ciphertext})
	}
	return json.Marshal(v.Value)
}

// UnmarshalJSON reads what MarshalJSON writes, and ciphertext.
func (v *secretValue) UnmarshalJSON(text []byte) error {
	var wire secretWire
	if err := json.Unmarshal(text, &wire); err == nil {
		*v = secretValue{Value: wire.Secret, Ciphertext: wire.Ciphertext, Secret: true}
		return nil
	}
	*v = secretValue{}
	return json.Unmarshal(text, &v.Value)
}
