package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// parseData reads dataJson, which must be an object. Like in the provider, its numbers become float64.
func parseData(text string) (map[string]any, error) {
	var data map[string]any
	if err := json.Unmarshal([]byte(text), &data); err != nil {
		// The decoder's error may quote the text, which is a secret.
		return nil, fmt.Errorf("data_json must be a JSON object")
	}
	return data, nil
}

// checkData refuses anything but a JSON object.
func checkData(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	if v := req.Inputs.Get("dataJson"); v.IsString() {
		if _, err := parseData(v.AsString()); err != nil {
			return req.Inputs, []p.CheckFailure{{Property: "dataJson", Reason: err.Error()}}, nil
		}
	}
	return req.Inputs, nil, nil
}

// flatData returns the data like the outputs: a value that is not a string becomes its JSON.
func flatData(data map[string]any) property.Value {
	out := map[string]property.Value{}
	for key, value := range data {
		text, ok := value.(string)
		if !ok {
			encoded, _ := json.Marshal(value)
			text = string(encoded)
		}
		out[key] = property.New(text)
	}
	return property.New(out)
}

// dataText returns Vault's data as JSON text. If the text of the inputs means the same, it returns that.
func dataText(inputs property.Map, data map[string]any) (string, error) {
	text, err := json.Marshal(data)
	if err != nil {
		return "", fmt.Errorf("writing data_json: %w", err)
	}
	held, err := parseData(string(text)) // Vault's client keeps the digits
	if err != nil {
		return "", err
	}
	if old := standin.Text(inputs, "dataJson"); old != "" {
		parsed, err := parseData(old)
		if err == nil && reflect.DeepEqual(parsed, held) {
			return old, nil
		}
	}
	return string(text), nil
}
