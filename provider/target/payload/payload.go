// Package payload decodes the payload that ESC passes to the target: an opaque secret string, which is the base64 of
// a JSON document with the evaluated `sync` block and instructions for the target.
package payload

import (
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Payload is a decoded payload.
type Payload struct {
	// Platform is the destination's property name, such as awsSecretsManager.
	Platform string
	// PatternForm is true if the sync block has the pattern form. The payload then has no target, or, for a user's own
	// definition in an EscSync, a target that says so.
	PatternForm bool
	// SyncID identifies the sync permanently, whatever its stack is called. It is empty in a hand-made payload.
	SyncID string
	// FormerSyncIDs are the sync IDs under the sync's former names.
	FormerSyncIDs []string
	// DeletionPolicy, RetainKeys, AdoptionPolicy and MaxDeletions are null if the payload does not set them.
	DeletionPolicy, RetainKeys, AdoptionPolicy, MaxDeletions document.Node
	// Value is what to push. It is never null and never an empty object.
	Value document.Node
	// References are the references inside texts of Value.
	References []Reference
	// Settings are the destination's settings. SyncSettings are those beside the value in the sync block, which have
	// lower precedence.
	Settings, SyncSettings map[string]document.Node
}

const valueKey = "value"

// Decode decodes a payload. The error says what to do and never contains any of the payload.
func Decode(text string) (Payload, error) {
	if strings.TrimSpace(text) == "" {
		return Payload{}, errors.New("is empty: the environment gave no values, so nothing was changed on the platform")
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return Payload{}, errors.New("is not base64: build it with fn::toBase64 and fn::toJSON in the environment")
	}
	root, err := document.FromJSON(decoded)
	if err != nil {
		return Payload{}, fmt.Errorf("does not decode to JSON: build it with fn::toJSON in the environment: %w", err)
	}
	if root.Kind != document.Object {
		return Payload{}, fmt.Errorf("must decode to a JSON object, not %s", root.Kind)
	}
	return fromRoot(root)
}

func fromRoot(root document.Node) (Payload, error) {
	sync := root.Fields["sync"]
	if sync.Kind != document.Object || len(sync.Fields) == 0 {
		return Payload{}, errors.New("has no sync block: the environment must have values.sync.<platform>.value")
	}
	target, err := readTarget(root.Fields["target"])
	if err != nil {
		return Payload{}, err
	}
	if target.Platform == "" {
		keys := sync.Keys()
		if len(keys) != 1 {
			return Payload{}, fmt.Errorf("names %d platforms under sync (%s): there must be "+
				"one", len(keys), strings.Join(keys, ", "))
		}
		target.Platform = keys[0]
	}
	if target.Value, target.SyncSettings, err = Split(sync.Fields[target.Platform]); err != nil {
		return Payload{}, fmt.Errorf("has no sync.%s block, which %w", target.Platform, err)
	}
	return target, CheckValue(target.Value)
}

// Split returns the value and the settings in a platform's block below sync.
func Split(block document.Node) (value document.Node, settings map[string]document.Node, err error) {
	if block.Kind != document.Object {
		return document.Node{}, nil, errors.New("must be an object with name and value")
	}
	settings = maps.Clone(block.Fields)
	delete(settings, valueKey)
	return block.Fields[valueKey], settings, nil
}

func readTarget(node document.Node) (Payload, error) {
	if node.Kind == document.Null {
		return Payload{PatternForm: true}, nil
	}
	if node.Kind != document.Object {
		return Payload{}, fmt.Errorf("has a target that is %s instead of an object", node.Kind)
	}
	for _, key := range []string{"platform", "syncId"} {
		if kind := node.Fields[key].Kind; kind != document.String && kind != document.Null {
			return Payload{}, fmt.Errorf("has a target.%s that is %s instead of a string", key, kind)
		}
	}
	former, err := readTexts(node, "formerSyncIds")
	if err != nil {
		return Payload{}, err
	}
	references, err := readReferences(node.Fields["references"])
	if err != nil {
		return Payload{}, err
	}
	settings := node.Fields["settings"]
	if settings.Kind != document.Object && settings.Kind != document.Null {
		return Payload{}, fmt.Errorf("has target.settings that are %s instead of an object", settings.Kind)
	}
	secret, err := readTexts(node, "secretSettings")
	if err != nil {
		return Payload{}, err
	}
	for _, name := range secret {
		if setting, ok := settings.Fields[name]; ok {
			settings.Fields[name] = setting.AsSecret()
		}
	}
	return Payload{
		PatternForm:    node.Fields["published"].Text == "true",
		Platform:       node.Fields["platform"].Text,
		SyncID:         node.Fields["syncId"].Text,
		FormerSyncIDs:  former,
		DeletionPolicy: node.Fields["deletionPolicy"],
		RetainKeys:     node.Fields["retainKeys"],
		AdoptionPolicy: node.Fields["adoptionPolicy"],
		MaxDeletions:   node.Fields["maxDeletions"],
		References:     references,
		Settings:       settings.Fields,
	}, nil
}

// readTexts reads a list of strings in the payload's target.
func readTexts(target document.Node, key string) ([]string, error) {
	node := target.Fields[key]
	if node.Kind != document.List && node.Kind != document.Null {
		return nil, fmt.Errorf("has target.%s that are %s instead of a list", key, node.Kind)
	}
	var texts []string
	for _, item := range node.Items {
		if item.Kind != document.String || item.Text == "" {
			return nil, fmt.Errorf("has an item in target.%s that is not a string or is empty", key)
		}
		texts = append(texts, item.Text)
	}
	return texts, nil
}

// CheckValue refuses a value that would leave the platform empty: null, an empty text, or an object or list without
// elements.
func CheckValue(value document.Node) error {
	switch {
	case value.Kind == document.Null:
		return errors.New("has no value to push: nothing was changed on the platform")
	case value.Kind == document.String && value.Text == "":
		return errors.New("has an empty text as its value: nothing was changed on the platform")
	case value.Kind == document.Object && len(value.Fields) == 0, value.Kind == document.List && len(value.Items) == 0:
		return errors.New("has a value without any key: nothing was changed on the platform")
	}
	return nil
}
