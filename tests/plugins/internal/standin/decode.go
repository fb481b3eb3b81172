package standin

import (
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// Decode fills the struct that dst points to. Its json tags name the properties. Decode ignores secretness, turns an
// asset into its text, and omits unknown values.
func Decode(m property.Map, dst any) error {
	text, err := json.Marshal(plainMap(m))
	if err != nil {
		return fmt.Errorf("decoding properties: %w", err)
	}
	if err := json.Unmarshal(text, dst); err != nil {
		return fmt.Errorf("decoding properties: %w", err)
	}
	return nil
}

// Encode returns the properties of a struct, named by its json tags, without those that omitempty omits.
func Encode(src any) (property.Map, error) {
	text, err := json.Marshal(src)
	if err != nil {
		return property.Map{}, fmt.Errorf("encoding properties: %w", err)
	}
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		return property.Map{}, fmt.Errorf("encoding properties: %w", err)
	}
	out := map[string]property.Value{}
	for key, value := range tree {
		if value != nil {
			out[key] = fromPlain(value)
		}
	}
	return property.NewMap(out), nil
}

// Text returns a string property, or "" if it is absent or unknown.
func Text(m property.Map, key string) string {
	v := m.Get(key)
	if v.IsString() {
		return v.AsString()
	}
	return ""
}

func plainMap(m property.Map) map[string]any {
	out := map[string]any{}
	for key, value := range m.All {
		if !value.IsComputed() && !value.IsNull() {
			out[key] = plain(value)
		}
	}
	return out
}

func plain(v property.Value) any {
	switch {
	case v.IsBool():
		return v.AsBool()
	case v.IsNumber():
		return v.AsNumber()
	case v.IsString():
		return v.AsString()
	case v.IsAsset():
		return v.AsAsset().Text
	case v.IsMap():
		return plainMap(v.AsMap())
	case v.IsArray():
		out := []any{}
		for _, item := range v.AsArray().All {
			out = append(out, plain(item))
		}
		return out
	}
	return nil
}

func fromPlain(v any) property.Value {
	switch v := v.(type) {
	case bool:
		return property.New(v)
	case float64:
		return property.New(v)
	case string:
		return property.New(v)
	case []any:
		items := make([]property.Value, len(v))
		for i, item := range v {
			items[i] = fromPlain(item)
		}
		return property.New(items)
	case map[string]any:
		entries := map[string]property.Value{}
		for key, entry := range v {
			entries[key] = fromPlain(entry)
		}
		return property.New(entries)
	}
	return property.Value{}
}
