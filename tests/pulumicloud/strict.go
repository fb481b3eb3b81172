package pulumicloud

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// ignoredKeys are keys that current clients send although the service does not know them: the pulumiservice provider
// the first, the CLI the second.
var ignoredKeys = []string{".operationContext.options.Shell", ".executorContext.workingDirectory"}

// decodeStrictly parses the JSON body into v, a type of the service's own SDK, and refuses keys that the type does not
// have. The service itself ignores most of them, but here a typo in a client must fail its test.
func (c *call) decodeStrictly(v any) error {
	if err := c.decode(v); err != nil {
		return err
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return badRequest("decoding the request: %v", err)
	}
	var sent, known any
	if json.Unmarshal(c.body, &sent) != nil || json.Unmarshal(raw, &known) != nil {
		return nil // an empty body
	}
	if key := unknownKey(sent, known, ""); key != "" {
		return badRequest("decoding the request: unknown key %s", strings.TrimPrefix(key, "."))
	}
	return nil
}

// unknownKey returns the path of a key in sent that is missing in known, "" if none is. It does not look into a value
// that was parsed into another form, such as a string into an object or an object into a secret.
func unknownKey(sent, known any, at string) string {
	list, isList := sent.([]any)
	if knownList, ok := known.([]any); isList && ok && len(list) == len(knownList) {
		for i := range list {
			if key := unknownKey(list[i], knownList[i], at+"[]"); key != "" {
				return key
			}
		}
	}
	object, isObject := sent.(map[string]any)
	knownObject, ok := known.(map[string]any)
	if !isObject || !ok || knownObject["secret"] != nil || knownObject["ciphertext"] != nil {
		return ""
	}
	for name, value := range object {
		path := at + "." + name
		understood, ok := knownObject[name]
		if !ok && !isEmpty(value) && !slices.Contains(ignoredKeys, path) {
			return path
		}
		if key := unknownKey(value, understood, path); key != "" {
			return key
		}
	}
	return ""
}

// isEmpty reports whether an encoder omits a JSON value.
func isEmpty(v any) bool {
	if v == nil {
		return true
	}
	value := reflect.ValueOf(v)
	switch value.Kind() {
	case reflect.Map, reflect.Slice:
		return value.Len() == 0
	default:
		return value.IsZero()
	}
}
