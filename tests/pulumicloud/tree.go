package pulumicloud

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// tree is a JSON object stored as it was sent, so that responses return settings in the same form.
type tree map[string]any

// clone returns a deep copy.
func (t tree) clone() tree {
	return tree(cloneValue(map[string]any(t)).(map[string]any))
}

func cloneValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			out[key] = cloneValue(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, value := range v {
			out[i] = cloneValue(value)
		}
		return out
	default:
		return v
	}
}

// seal encrypts every secret. It replaces {"secret": "..."} and {"isSecret": true, "value": "..."} with {"ciphertext":
// "..."}, the form that every client accepts.
func (t tree) seal(keys crypter) (tree, error) {
	sealed, err := sealValue(map[string]any(t), keys)
	if err != nil {
		return nil, err
	}
	return tree(sealed.(map[string]any)), nil
}

func sealValue(v any, keys crypter) (any, error) {
	switch v := v.(type) {
	case map[string]any:
		if plain, secret, ok := secretOf(v); ok {
			if !secret {
				return plain, nil
			}
			ciphertext, err := keys.Encrypt(context.Background(), []byte(plain))
			return map[string]any{"ciphertext": base64.StdEncoding.EncodeToString(ciphertext)}, err
		}
		out := make(map[string]any, len(v))
		for key, value := range v {
			sealed, err := sealValue(value, keys)
			if err != nil {
				return nil, err
			}
			out[key] = sealed
		}
		return out, nil
	case []any:
		out := make([]any, len(v))
		for i, value := range v {
			sealed, err := sealValue(value, keys)
			if err != nil {
				return nil, err
			}
			out[i] = sealed
		}
		return out, nil
	default:
		return v, nil
	}
}

// secretOf parses a value in either of the two plain text forms. secret reports whether it is marked as one.
func secretOf(v map[string]any) (plain string, secret, ok bool) {
	if text, isText := v["secret"].(string); isText && len(v) == 1 {
		return text, true, true
	}
	marked, isMarked := v["isSecret"].(bool)
	text, isText := v["value"].(string)
	return text, marked, isMarked && isText
}

// merge applies a patch: null removes, an object merges, anything else replaces. A secret is replaced as a whole.
func (t tree) merge(patch tree) tree {
	out := t.clone()
	for key, value := range patch {
		old, oldIsMap := out[key].(map[string]any)
		object, isMap := value.(map[string]any)
		_, isSecret := object["ciphertext"]
		switch {
		case value == nil:
			delete(out, key)
		case isMap && oldIsMap && !isSecret:
			out[key] = map[string]any(tree(old).merge(object))
		default:
			out[key] = cloneValue(value)
		}
	}
	return out
}

// withoutEmpty drops null, "", [] and {}, which the CLI sends for unset values.
func (t tree) withoutEmpty() tree {
	out := tree{}
	for key, value := range t {
		switch v := value.(type) {
		case nil:
		case string:
			if v != "" {
				out[key] = v
			}
		case []any:
			if len(v) > 0 {
				out[key] = v
			}
		case map[string]any:
			if rest := tree(v).withoutEmpty(); len(rest) > 0 {
				out[key] = map[string]any(rest)
			}
		default:
			out[key] = v
		}
	}
	return out
}

// settings converts a tree to the type that the executor uses.
func (t tree) settings() (apitype.DeploymentSettings, error) {
	var settings apitype.DeploymentSettings
	raw, err := json.Marshal(t)
	if err != nil {
		return settings, err
	}
	return settings, json.Unmarshal(raw, &settings)
}

// reveal decrypts a value of the settings.
func (c crypter) reveal(v apitype.SecretValue) (string, error) {
	if v.Ciphertext == "" {
		return v.Value, nil
	}
	raw, err := base64.StdEncoding.DecodeString(v.Ciphertext)
	if err != nil {
		return "", errors.New("invalid ciphertext")
	}
	plain, err := c.Decrypt(context.Background(), raw)
	return string(plain), err
}
