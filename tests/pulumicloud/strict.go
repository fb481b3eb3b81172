package pulumicloud

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// ignoredKeys are what clients of today send although the service has no such key: the pulumiservice provider and the
// CLI, in this order.
var ignoredKeys = []string{".operationContext.options.Shell", ".executorContext.workingDirectory"}

// decodeStrictly reads the JSON body as v, a type of the service's own SDK, and refuses a key that the type does not
// have, so that a typo in a client fails its test. The service itself ignores most of such keys.
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

// unknownKey finds a key of what was sent that is not in what was understood. A value that is understood in another
// form (a text as an object, an object as a secret) is not looked into.
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

// isEmpty reports whether a value of JSON is one that an encoder leaves out.
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
